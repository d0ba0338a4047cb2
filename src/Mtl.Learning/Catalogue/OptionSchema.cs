using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Nodes;
using Mtl.Core;
using Mtl.Core.Catalogue;

namespace Mtl.Learning.Catalogue;

/// <summary>
/// The options of a method, read once from its options record: every public property that can be set is an option. Its default is the initialiser's value, its bounds
/// are <c>[Range]</c>'s (inclusive; an infinite bound is none), its texts <c>[AllowedValues]</c>' or an enum's names in kebab case, its description <c>[Description]</c>'s.
/// </summary>
public sealed class OptionSchema
{
    private static readonly ConcurrentDictionary<Type, OptionSchema> Schemas = [];

    private readonly Type type;
    private readonly OptionProperty[] properties;

    private OptionSchema(Type type)
    {
        this.type = type;
        var defaults = Activator.CreateInstance(type)!;
        properties = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .OrderBy(property => property.MetadataToken)
            .Select(property => new OptionProperty(property, defaults))];
        Options = [.. properties.Select(property => property.Info)];
    }

    /// <summary>In the order of their declaration.</summary>
    public IReadOnlyList<OptionInfo> Options { get; }

    public static OptionSchema Of<TOptions>()
        where TOptions : class, new() => Schemas.GetOrAdd(typeof(TOptions), static type => new OptionSchema(type));

    /// <summary>All options with their values, those left out (or null) with their defaults; or the first that is unknown, of the wrong type or out of bounds.</summary>
    /// <param name="owner">For messages: <c>optimizer 'adam'</c>.</param>
    /// <param name="given">Option values by name.</param>
    public Result<IReadOnlyDictionary<string, JsonNode?>> Complete(string owner, IReadOnlyDictionary<string, JsonNode?> given) =>
        Bind(owner, given).Map(Write);

    /// <summary>The options record with the given values, or the first that is unknown, of the wrong type or out of bounds.</summary>
    public Result<object> Bind(string owner, IReadOnlyDictionary<string, JsonNode?> given)
    {
        foreach (var name in given.Keys)
            if (!properties.Any(property => property.Info.Name == name))
                return Unknown(name, owner);

        var options = Activator.CreateInstance(type)!;
        foreach (var property in properties)
        {
            if (!given.TryGetValue(property.Info.Name, out var node) || node is null)
                continue;
            if (!property.TrySet(options, node))
                return property.Refuse(owner, node);
        }

        return options;
    }

    private IReadOnlyDictionary<string, JsonNode?> Write(object options) =>
        properties.ToDictionary(property => property.Info.Name, property => (JsonNode?)property.Write(options));

    private Error Unknown(string name, string owner)
    {
        var known = Options.Select(option => option.Name).ToArray();
        var message = known.Length == 0
            ? $"Unknown option '{name}' of {owner}; it has no options."
            : $"Unknown option '{name}' of {owner}; its options are {string.Join(", ", known)}.";
        return Error.Invalid(message, Spelling.Advice(name, known), name);
    }
}
