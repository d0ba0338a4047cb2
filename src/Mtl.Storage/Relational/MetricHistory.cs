using System.Data.Common;
using Dapper;
using Mtl.Tracking.Metrics;

namespace Mtl.Storage.Relational;

/// <summary>Reading histories: page by page, or thinned for a chart.</summary>
internal static class MetricHistory
{
    /// <summary>At most <paramref name="limit"/> points in order, behind <paramref name="after"/>.</summary>
    public static IReadOnlyList<MetricPoint> Page(DbConnection connection, SeriesRow series, MetricPoint? after, int limit)
    {
        var behind = after is null ? "" : "AND (step, time, value) > (@step, @time, @value)";
        var place = new
        {
            series.Id,
            limit,
            step = after?.Step,
            time = after?.Time.UtcTicks,
            value = (StoredNumber)(after?.Value ?? 0),
        };
        return [.. connection
            .Query<(long Step, long Time, StoredNumber Value)>(
                $"SELECT step, time, value FROM metric_points WHERE series_id = @Id {behind} ORDER BY step, time, value LIMIT @limit", place)
            .Select(row => new MetricPoint(series.Key, row.Step, row.Value, row.Time.ToTime()))];
    }

    /// <summary>
    /// The points of the steps, at most <paramref name="maximum"/>. A history that is long for that number is read from its chunks' extremes, with what lies about its ends: every point given back is one
    /// of the history, and its least and greatest values are among them (in a part of a history, as far as its points were written in their order).
    /// </summary>
    public static IReadOnlyList<MetricPoint> Thinned(DbConnection connection, Dialect dialect, SeriesRow series, int maximum, long firstStep, long lastStep)
    {
        for (var level = OpenChunks.Levels - 1; level >= 0; level--)
        {
            // A chunk has up to two extremes, so there are enough of them when there are twice as many as points asked for.
            if (series.Points <= (long)maximum * OpenChunks.Size(level))
                continue;
            var extremes = dialect.ReadPoints(connection, PointTable.Extremes(level), series, firstStep, lastStep).ToList();
            if (extremes.Count <= 2 * maximum)
                continue;
            var candidates = Merged(extremes, [.. Ends(connection, series, level, firstStep, lastStep).Order(PointOrder.Instance)]);
            return [.. ExtremaThinning.Thin(candidates, candidates.Count, maximum)];
        }

        var isWhole = firstStep == long.MinValue && lastStep == long.MaxValue;
        var count = isWhole || series.Points <= maximum ? series.Points : Count(connection, series, firstStep, lastStep);
        var points = dialect.ReadPoints(connection, PointTable.Points, series, firstStep, lastStep);
        return [.. count <= maximum ? points : ExtremaThinning.Thin(points, count, maximum)];
    }

    /// <summary>Number of points of the steps.</summary>
    private static long Count(DbConnection connection, SeriesRow series, long firstStep, long lastStep) => connection.ExecuteScalar<long>(
        $"SELECT count(*) FROM metric_points WHERE series_id = @Id {Dialect.Steps(firstStep, lastStep, "@firstStep", "@lastStep")}", new { series.Id, firstStep, lastStep });

    /// <summary>
    /// Candidates beside the extremes of a level's whole chunks. A chunk that lies across an end of the steps shows by those of the levels below, of which there are up to <see cref="OpenChunks.Factor"/>
    /// there, and at last by the points themselves; what is in no whole chunk yet, by the open chunks' extremes.
    /// </summary>
    private static IEnumerable<MetricPoint> Ends(DbConnection connection, SeriesRow series, int level, long firstStep, long lastStep) =>
    [
        .. BothEnds(connection, PointTable.Points, series, firstStep, lastStep, OpenChunks.Size(0)),
        .. Enumerable.Range(0, level).SelectMany(below => BothEnds(connection, PointTable.Extremes(below), series, firstStep, lastStep, 2 * OpenChunks.Factor)),
        .. OpenChunks.Read(series.Key, series.OpenChunks).Extremes(level).Where(point => point.Step >= firstStep && point.Step <= lastStep),
    ];

    private static IEnumerable<MetricPoint> BothEnds(DbConnection connection, PointTable table, SeriesRow series, long firstStep, long lastStep, int limit) =>
        from direction in (string[])["ASC", "DESC"]
        from row in connection.Query<(long Step, long Time, StoredNumber Value)>(
            $"""
            SELECT step, time, value FROM {table.Name} WHERE series_id = @Id {table.AndLevel} {Dialect.Steps(firstStep, lastStep, "@firstStep", "@lastStep")}
            ORDER BY step {direction}, time {direction}, value {direction} LIMIT @limit
            """,
            new { series.Id, firstStep, lastStep, limit })
        select new MetricPoint(series.Key, row.Step, row.Value, row.Time.ToTime());

    /// <summary>Both in one order, each point once. The first are many and are not sorted again.</summary>
    private static List<MetricPoint> Merged(List<MetricPoint> many, MetricPoint[] few)
    {
        var merged = new List<MetricPoint>(many.Count + few.Length);
        var next = 0;
        foreach (var point in many)
        {
            for (; next < few.Length && PointOrder.Instance.Compare(few[next], point) <= 0; next++)
                Add(few[next]);
            Add(point);
        }

        foreach (var point in few.AsSpan(next))
            Add(point);
        return merged;

        void Add(MetricPoint point)
        {
            if (merged.Count == 0 || !PointOrder.Instance.Equals(merged[^1], point))
                merged.Add(point);
        }
    }
}
