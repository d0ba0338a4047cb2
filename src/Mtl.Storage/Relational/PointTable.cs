using Mtl.Tracking.Metrics;

namespace Mtl.Storage.Relational;

/// <summary>Where points lie: a history itself, or one level of its extremes (<see cref="OpenChunks"/>).</summary>
internal sealed class PointTable
{
    public static readonly PointTable Points = new("metric_points", level: null);

    private static readonly PointTable[] levels = [.. Enumerable.Range(0, OpenChunks.Levels).Select(level => new PointTable("metric_extremes", level))];

    private PointTable(string name, int? level) => (Name, Level) = (name, level);

    public string Name { get; }

    public int? Level { get; }

    /// <summary>What tells a row from others, and is all of it.</summary>
    public string Columns => Level is null ? "series_id, step, time, value" : "series_id, level, step, time, value";

    /// <summary>The condition on a row beside that on its series.</summary>
    public string AndLevel => Level is null ? "" : $"AND level = {Level}";

    public static PointTable Extremes(int level) => levels[level];
}

/// <summary>Points for a table, each with the number of its series.</summary>
internal sealed record PointRows(PointTable Table, IReadOnlyList<(long Series, MetricPoint Point)> Points);
