using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mtl.Application.Definitions;
using Mtl.Core;

namespace Mtl.Dashboard.Models;

/// <summary>An option of a cross-validation's grid and the values to try, as typed: what stands between the brackets of a YAML list (<c>0.001, 0.01</c>; <c>[64], [64, 32]</c>; <c>uw, dwa</c>).</summary>
public sealed partial class GridRow(string place, string text)
{
    /// <summary>The option's place in the definition (<c>optimizer.learningRate</c>); empty while none is chosen.</summary>
    public string Place { get; set; } = place;

    public string Text { get; set; } = text;

    public string? Problem => Read().Error?.Message;

    public static GridRow Of(string place, IReadOnlyList<JsonNode?> values) => new(place, string.Join(", ", values.Select(Typed)));

    /// <summary>The values in order; Invalid when the text is no list.</summary>
    public Result<IReadOnlyList<JsonNode?>> Read() => DefinitionYaml.Parse($"[{Text}]", "The list") is { IsSuccess: true, Value: JsonArray values }
        ? values.Select(value => value?.DeepClone()).ToArray()
        : Error.Invalid("Values are written with commas between, as in 0.001, 0.01; a list as a value in brackets, as in [64], [64, 32].");

    private static string Typed(JsonNode? value) => value is JsonValue single && single.TryGetValue(out string? text) && Word().IsMatch(text) ? text : value?.ToJsonString() ?? "null";

    /// <summary>Texts that YAML reads as what they are without quotes.</summary>
    [GeneratedRegex("^(?!(?:true|false|null)$)[A-Za-z][A-Za-z0-9_-]*$")]
    private static partial Regex Word();
}
