namespace Mtl.Dashboard.Models;

/// <summary>Which charts the metrics of a run make that a client logs: <c>train_loss</c> and <c>val_loss</c> in one, any other key by itself; grouped by what stands before the last slash.</summary>
public static class TrackedBoard
{
    /// <summary>Most charts that are shown before more are asked for.</summary>
    public const int FirstCharts = 24;

    /// <summary>Beginnings of names that tell one measurement over several parts of the data.</summary>
    private static readonly (string Prefix, string Label, int Colour, bool IsDashed)[] Parts =
    [
        ("training_", "train", 1, true), ("train_", "train", 1, true), ("validation_", "validation", 0, false), ("valid_", "validation", 0, false), ("val_", "validation", 0, false),
        ("eval_", "eval", 2, false), ("test_", "test", 3, false),
    ];

    /// <param name="keys">The run's metric keys.</param>
    /// <param name="find">A part of a key; empty for all.</param>
    /// <returns>Groups by heading, the one without a heading first and the machine's own metrics last.</returns>
    public static IReadOnlyList<(string Heading, IReadOnlyList<CurveChart> Charts)> Charts(IEnumerable<string> keys, string find = "") =>
    [
        .. keys.Where(key => find.Length == 0 || key.Contains(find, StringComparison.OrdinalIgnoreCase))
            .GroupBy(Heading)
            .OrderBy(group => group.Key == "system").ThenBy(group => group.Key.Length > 0).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, (IReadOnlyList<CurveChart>)[.. Of(group.Key, group)])),
    ];

    private static string Heading(string key) => key.LastIndexOf('/') is > 0 and var slash ? key[..slash] : "";

    private static IEnumerable<CurveChart> Of(string heading, IEnumerable<string> keys) => keys
        .Select(key => (Key: key, Name: heading.Length > 0 ? key[(heading.Length + 1)..] : key))
        .Select(item => (item.Key, item.Name, Part: Parts.FirstOrDefault(part => item.Name.StartsWith(part.Prefix, StringComparison.Ordinal))))
        .GroupBy(item => item.Part.Prefix is { } prefix ? item.Name[prefix.Length..] : item.Name)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => new CurveChart(
            $"{heading}/{group.Key}",
            group.Key,
            heading,
            group.Key,
            [.. group.OrderBy(item => item.Part.Label, StringComparer.Ordinal).Select(item => new CurveSeries(item.Key, item.Part.Label ?? item.Name, item.Part.Label is null ? 0 : item.Part.Colour, item.Part.IsDashed))],
            []));
}
