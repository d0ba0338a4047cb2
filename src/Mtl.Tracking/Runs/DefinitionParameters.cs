using System.Text.Json.Nodes;
using Mtl.Core.Definitions;

namespace Mtl.Tracking.Runs;

/// <summary>
/// A definition as parameters of its run: each leaf of its JSON form under the names on its way (<c>training.batchSize</c>, <c>tasks.income.kind</c>), a method under its kind (<c>optimizer</c> is
/// <c>adam</c>, <c>optimizer.learningRate</c> is <c>0.001</c>), a list of plain values as one JSON text. Characters that a key can't hold become <c>_</c>.
/// </summary>
public static class DefinitionParameters
{
    private const int LongestKey = 250;
    private const int LongestValue = 6000;

    /// <summary>What names the experiment rather than how it trains.</summary>
    private static readonly string[] LeftOut = ["name", "description"];

    public static IReadOnlyDictionary<string, string> Of(ExperimentDefinition definition)
    {
        var parameters = new Dictionary<string, string>();
        foreach (var (name, value) in JsonNode.Parse(DefinitionJson.Write(definition))!.AsObject().Where(member => !LeftOut.Contains(member.Key)))
            Add(parameters, name, value);
        return parameters;
    }

    private static void Add(Dictionary<string, string> parameters, string key, JsonNode? value)
    {
        switch (value)
        {
            case null:
                break;
            case JsonObject members:
                foreach (var (name, member) in members)
                    Add(parameters, name == "key" ? key : $"{key}.{name}", member);
                break;
            case JsonArray items when items.Any(item => item is JsonObject):
                foreach (var (index, item) in items.Index())
                    Add(parameters, $"{key}.{NameOf(item) ?? $"{index}"}", item);
                break;
            case JsonArray { Count: 0 }:
                break;
            default:
                var text = value is JsonValue plain && plain.TryGetValue(out string? written) ? written : value.ToJsonString();
                if (Cleaned(key) is { Length: <= LongestKey } clean)
                    parameters[clean] = text.Length <= LongestValue ? text : text[..LongestValue];
                break;
        }
    }

    private static string? NameOf(JsonNode? item) => item is JsonObject members && members["name"] is JsonValue value && value.TryGetValue(out string? name) ? name : null;

    private static string Cleaned(string key) => string.Concat(key.Select(character => char.IsLetterOrDigit(character) || character is '_' or '.' or '-' or ' ' or ':' ? character : '_'));
}
