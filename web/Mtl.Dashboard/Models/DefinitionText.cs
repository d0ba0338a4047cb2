using System.Text.Json;
using System.Text.Json.Nodes;
using Mtl.Core.Definitions;
using YamlDotNet.Serialization;

namespace Mtl.Dashboard.Models;

/// <summary>A definition as people read and copy it.</summary>
public static class DefinitionText
{
    private static readonly JsonSerializerOptions Indented = new(DefinitionJson.Options) { WriteIndented = true };

    private static readonly ISerializer Writer = new SerializerBuilder().WithQuotingNecessaryStrings().WithIndentedSequences().DisableAliases().Build();

    public static string Json(ExperimentDefinition definition) => JsonSerializer.Serialize(definition, Indented);

    /// <summary>The same document as the command line takes it.</summary>
    public static string Yaml(ExperimentDefinition definition) => Writer.Serialize(Plain(JsonSerializer.SerializeToNode(definition, DefinitionJson.Options))!);

    /// <summary>Every leaf of a definition by its path (<c>training.epochs</c>), in document order.</summary>
    public static IReadOnlyList<(string Path, string Value)> Leaves(ExperimentDefinition definition) =>
        [.. Leaves("", JsonSerializer.SerializeToNode(definition, DefinitionJson.Options))];

    private static IEnumerable<(string Path, string Value)> Leaves(string path, JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Leaves(path.Length == 0 ? member.Key : $"{path}.{member.Key}", member.Value)),
        JsonArray items when items.Any(item => item is JsonObject) => items.SelectMany((item, i) => Leaves($"{path}[{i}]", item)),
        JsonArray items => [(path, string.Join(", ", items.Select(item => $"{item}")))],
        _ => [(path, node?.ToString() ?? "")],
    };

    private static object? Plain(JsonNode? node) => node switch
    {
        JsonObject members => members.ToDictionary(member => member.Key, member => Plain(member.Value)),
        JsonArray items => items.Select(Plain).ToArray(),
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        JsonValue value when value.TryGetValue(out long whole) => whole,
        JsonValue value when value.TryGetValue(out ulong large) => large,
        JsonValue value => value.GetValue<double>(),
        _ => null,
    };
}
