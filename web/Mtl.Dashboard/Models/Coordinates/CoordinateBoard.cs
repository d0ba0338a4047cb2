using Mtl.Application.Collaboration.Tables;
using Mtl.Tracking.Search;

namespace Mtl.Dashboard.Models.Coordinates;

/// <summary>One run across the axes.</summary>
/// <param name="Places">On each axis, 0 to 1; null where the run has no value.</param>
/// <param name="Title">The run and its values, in words.</param>
public sealed record CoordinateLine(RunTableRow Run, IReadOnlyList<double?> Places, string Title)
{
    /// <summary>The place on the last axis, by which lines are coloured.</summary>
    public double? Outcome => Places[^1];
}

/// <summary>Runs as lines over parallel axes, from what they were given to what came out.</summary>
public sealed class CoordinateBoard
{
    /// <summary>Most parameters that are shown where nobody has chosen.</summary>
    private const int UsualParameters = 6;

    /// <param name="runs">The runs; those without a value of the last axis are drawn first, so that they lie under the others.</param>
    /// <param name="columns">The axes from left to right, the outcome last; at least one.</param>
    public CoordinateBoard(IReadOnlyList<RunTableRow> runs, IReadOnlyList<ColumnKey> columns)
    {
        Axes = [.. columns.Select(column => CoordinateAxis.Of(column, runs))];
        Lines =
        [
            .. runs.Select((run, i) => new CoordinateLine(run, [.. Axes.Select(axis => axis.Places[i])], $"{run.Name}: {string.Join(", ", columns.Select(column => $"{column.Key} {Shown(run, column)}"))}"))
                .OrderBy(line => line.Outcome is null ? 0 : 1),
        ];
    }

    public IReadOnlyList<CoordinateAxis> Axes { get; }

    public IReadOnlyList<CoordinateLine> Lines { get; }

    /// <summary>Whether a place is needed for what has no value.</summary>
    public bool HasMissing => Lines.Any(line => line.Places.Contains(null));

    /// <summary>The parameters that differ, and what came out; empty where that is too little to see anything: fewer than two runs, no parameter that differs, or no metric.</summary>
    public static IReadOnlyList<ColumnKey> Usual(IReadOnlyList<RunTableRow> runs, string? metric)
    {
        if (runs.Count < 2 || metric is null)
            return [];
        ColumnKey[] differing =
        [
            .. runs.SelectMany(run => run.Parameters.Keys).Distinct().Order(StringComparer.Ordinal)
                .Where(key => runs.Select(run => run.Parameters.GetValueOrDefault(key)).Distinct().Skip(1).Any()).Take(UsualParameters).Select(ColumnKey.Parameter),
        ];
        return differing.Length == 0 ? [] : [.. differing, ColumnKey.Metric(metric)];
    }

    /// <summary>What can be an axis: every parameter and metric that some run has.</summary>
    public static IReadOnlyList<ColumnKey> Choices(IReadOnlyList<RunTableRow> runs) =>
    [
        .. runs.SelectMany(run => run.Parameters.Keys).Distinct().Order(StringComparer.Ordinal).Select(ColumnKey.Parameter),
        .. runs.SelectMany(run => run.Metrics.Keys).Distinct().Order(StringComparer.Ordinal).Select(ColumnKey.Metric),
    ];

    private static string Shown(RunTableRow run, ColumnKey column) =>
        column.Field == SearchField.Metric ? Formats.Number(run.Metrics.TryGetValue(column.Key, out var value) ? value : null) : run.Text(column) is { Length: > 0 } text ? text : "–";
}
