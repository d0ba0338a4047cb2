using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;

namespace Mtl.Learning.Catalogue;

/// <summary>Plain option values from and to JSON.</summary>
internal static class PlainJson
{
    private const int ShownLength = 60;

    /// <summary>The value of the given form, or null when the node holds something else. A number without a fraction is also a whole number (<c>64.0</c>).</summary>
    public static object? Read(JsonNode node, OptionType type) => type switch
    {
        OptionType.Integer => Whole(node),
        OptionType.Number => Number(node),
        OptionType.Boolean => node.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? node.GetValue<bool>() : null,
        OptionType.IntegerList => List(node, Whole),
        OptionType.NumberList => List(node, Number),
        _ => node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null,
    };

    public static JsonNode Write(object plain) => plain switch
    {
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        bool flag => JsonValue.Create(flag),
        string text => JsonValue.Create(text),
        long[] numbers => new JsonArray([.. numbers.Select(number => JsonValue.Create(number))]),
        double[] numbers => new JsonArray([.. numbers.Select(number => JsonValue.Create(number))]),
        _ => throw new InvalidOperationException($"{plain.GetType().Name} is no plain option value."),
    };

    /// <summary>The node as JSON for a message, cut where it is long.</summary>
    public static string Show(JsonNode node)
    {
        var text = node is JsonValue value && value.TryGetValue(out double number) && !double.IsFinite(number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : node.ToJsonString();
        return text.Length <= ShownLength ? text : string.Concat(text.AsSpan(0, ShownLength), "…");
    }

    private static long? Whole(JsonNode? node) => Number(node) is { } number && double.IsInteger(number) && Math.Abs(number) <= 1L << 53 ? (long)number : null;

    private static double? Number(JsonNode? node) =>
        node is not JsonValue value || value.GetValueKind() != JsonValueKind.Number ? null
        : value.TryGetValue(out double number) ? number
        : double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);

    private static T[]? List<T>(JsonNode node, Func<JsonNode?, T?> read)
        where T : struct
    {
        if (node is not JsonArray array)
            return null;
        var items = array.Select(read).ToArray();
        return items.All(item => item is not null) ? [.. items.Select(item => item!.Value)] : null;
    }
}
