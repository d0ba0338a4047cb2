using System.Text.Json;
using System.Text.Json.Nodes;
using Mtl.Core.Definitions;

namespace Mtl.Dashboard.Models;

/// <summary>A definition as people read and copy it.</summary>
public static class DefinitionText
{
    private static readonly JsonSerializerOptions Indented = new(DefinitionJson.Options) { WriteIndented = true };

    public static string Json(ExperimentDefinition definition) => JsonSerializer.Serialize(definition, Indented);

    /// <summary>Every leaf of a definition by its path (<c>training.epochs</c>), in document order. A method is the path's own leaf (<c>weighting</c>), its options lie below (<c>weighting.temperature</c>).</summary>
    public static IReadOnlyList<(string Path, string Value)> Leaves(ExperimentDefinition definition) =>
        [.. Leaves("", JsonSerializer.SerializeToNode(definition, DefinitionJson.Options))];

    private static IEnumerable<(string Path, string Value)> Leaves(string path, JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Leaves(path.Length == 0 ? member.Key : member.Key == "key" ? path : $"{path}.{member.Key}", member.Value)),
        JsonArray items when items.Any(item => item is JsonObject) => items.SelectMany((item, i) => Leaves($"{path}[{i}]", item)),
        JsonArray items => [(path, string.Join(", ", items.Select(item => $"{item}")))],
        _ => [(path, node?.ToString() ?? "")],
    };
}
