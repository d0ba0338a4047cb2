using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;

namespace Mtl.Dashboard.Models;

/// <summary>The fields of a method, or of a part of the definition that has options like one.</summary>
public sealed class OptionForm
{
    public OptionForm(IReadOnlyList<OptionInfo> options, IEnumerable<KeyValuePair<string, JsonNode?>>? given = null) =>
        Fields = [.. options.Select(option => OptionField.Of(option, given?.FirstOrDefault(value => value.Key == option.Name).Value))];

    public IReadOnlyList<OptionField> Fields { get; }

    public bool IsValid => Fields.All(option => option.Problem is null);

    public OptionField this[string name] => Fields.First(field => field.Info.Name == name);

    /// <summary>The values that differ from their defaults; what can't be read is left out.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Changed() => Fields
        .Where(field => !field.IsDefault)
        .Select(field => (field.Info.Name, Value: field.Read()))
        .Where(item => item.Value.IsSuccess)
        .ToDictionary(item => item.Name, JsonNode? (item) => item.Value.Value);
}
