using System.Reflection;
using System.Runtime.CompilerServices;
using Mtl.LocalSilo.Types;
using Orleans;

namespace Mtl.LocalSilo.Copying;

/// <summary>
/// Which fields of a type travel. As in Orleans: members with [Id], at each level of the inheritance with ids of their own, and the parameters
/// of a record's primary constructor (ids by position, in a space of their own). Stricter than Orleans: a member without an id, or a gap in
/// the ids, is refused; [NonSerialized] fields stay behind.
/// </summary>
internal sealed record SerializedMembers(IReadOnlyList<FieldInfo> Sent, IReadOnlyList<FieldInfo> Left)
{
    private const string BackingField = "k__BackingField";
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The members of a type with attributes; throws where the rules are broken.</summary>
    public static SerializedMembers Of(Type type)
    {
        List<FieldInfo> sent = [], left = [];
        for (var level = type; level != typeof(object) && level != typeof(ValueType) && level != typeof(Exception); level = level.BaseType!)
        {
            if (!level.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
                throw new UnserializableTypeException($"{ReadableNames.Of(level)}{BaseOf(type, level)} has no [GenerateSerializer]. {Advice}");
            if (!level.IsDefined(typeof(AliasAttribute), inherit: false))
            {
                throw new UnserializableTypeException(
                    $"{ReadableNames.Of(level)}{BaseOf(type, level)} has no [Alias]. "
                    + "Give it a name that is unique in the application, so that the type can be renamed or moved.");
            }

            AddLevel(level, sent, left);
        }

        return new(sent, left);
    }

    /// <summary>All fields, of types that the framework defines.</summary>
    public static SerializedMembers Structural(Type type) => new(type.GetFields(Declared), []);

    internal const string Advice =
        "Give it [GenerateSerializer], [Alias] and an [Id] on each member, or send primitives, string, Guid, dates and times, Uri, enums, byte[], "
        + "arrays, List, Dictionary, HashSet, ImmutableArray, ImmutableList, ImmutableDictionary, tuples or grain references";

    private static void AddLevel(Type level, List<FieldInfo> sent, List<FieldInfo> left)
    {
        var positional = PrimaryConstructorParameters(level);
        List<uint> ids = [];
        foreach (var field in level.GetFields(Declared))
        {
            var property = PropertyOf(field);
            var id = (field.GetCustomAttribute<IdAttribute>() ?? property?.GetCustomAttribute<IdAttribute>())?.Id;
            if (field.IsDefined(typeof(NonSerializedAttribute)))
            {
                left.Add(field);
                continue;
            }

            if (id is { } number)
            {
                ids.Add(number);
            }
            else if (property is null || !positional.Contains(property.Name))
            {
                throw new UnserializableTypeException(
                    $"{ReadableNames.Of(level)}.{property?.Name ?? field.Name} has no [Id]. "
                    + "Give it the next free one, or mark its field [NonSerialized] to leave it behind.");
            }

            sent.Add(field);
        }

        CheckIds(level, ids);
        var identified = level.GetProperties(Declared).Where(property => property.IsDefined(typeof(IdAttribute)));
        if (identified.FirstOrDefault(property => !IsStored(level, property)) is { } computed)
        {
            throw new UnserializableTypeException(
                $"{ReadableNames.Of(level)}.{computed.Name} has an [Id] but no field of its own. Put the [Id] on what is stored.");
        }
    }

    private static void CheckIds(Type level, List<uint> ids)
    {
        ids.Sort();
        for (var i = 0; i < ids.Count; i++)
        {
            if (ids[i] == i) continue;
            throw new UnserializableTypeException(
                $"{ReadableNames.Of(level)} has the ids {string.Join(", ", ids)}; they have to be 0 to {ids.Count - 1}, each once. "
                + "Number the members without gaps.");
        }
    }

    private static HashSet<string> PrimaryConstructorParameters(Type level)
    {
        var isRecord = level.GetMethod("<Clone>$") is not null
            || (level.IsValueType && level.GetMethod("PrintMembers", Declared)?.IsDefined(typeof(CompilerGeneratedAttribute)) == true);
        if (!isRecord) return [];
        var properties = level.GetProperties(Declared).ToDictionary(property => property.Name, property => property.PropertyType);
        var parameters = level.GetConstructors(Declared).Select(constructor => constructor.GetParameters())
            .Where(list => list.Length > 0 && list.All(parameter => properties.GetValueOrDefault(parameter.Name!) == parameter.ParameterType))
            .MaxBy(list => list.Length);
        return parameters is null ? [] : [.. parameters.Select(parameter => parameter.Name!)];
    }

    /// <summary>The property that a field stores, if it does.</summary>
    public static PropertyInfo? PropertyOf(FieldInfo field) =>
        field.Name.Split('<', '>') is ["", var name, BackingField] ? field.DeclaringType!.GetProperty(name, Declared) : null;

    private static bool IsStored(Type level, PropertyInfo property) => level.GetField($"<{property.Name}>{BackingField}", Declared) is not null;

    private static string BaseOf(Type type, Type level) => type == level ? "" : $" (base of {ReadableNames.Of(type)})";
}
