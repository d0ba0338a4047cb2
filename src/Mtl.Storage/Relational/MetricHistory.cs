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
    /// The points of the steps, at most <paramref name="maximum"/>. A history that is long for that number is read from its chunks' extremes, with its first and its last points: every
    /// point given back is one of the history, and its least and greatest values are among them.
    /// </summary>
    public static IReadOnlyList<MetricPoint> Thinned(DbConnection connection, Dialect dialect, SeriesRow series, int maximum, long firstStep, long lastStep)
    {
        // Extremes are up to two of 64, so there are enough of them when there are twice as many as points asked for.
        if (series.Points > (long)maximum * OpenChunk.Size && Count(connection, Dialect.Extremes, series, firstStep, lastStep, limit: (2 * maximum) + 1) > 2 * maximum)
            return FromExtremes(connection, dialect, series, maximum, firstStep, lastStep);
        var isWhole = firstStep == long.MinValue && lastStep == long.MaxValue;
        var count = isWhole || series.Points <= maximum ? series.Points : Count(connection, Dialect.Points, series, firstStep, lastStep, limit: series.Points);
        var points = dialect.ReadPoints(connection, Dialect.Points, series, firstStep, lastStep);
        return [.. count <= maximum ? points : ExtremaThinning.Thin(points, count, maximum)];
    }

    /// <summary>Number of points of the steps, at most <paramref name="limit"/>.</summary>
    private static long Count(DbConnection connection, string table, SeriesRow series, long firstStep, long lastStep, long limit) => connection.ExecuteScalar<long>(
        $"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE series_id = @Id {Dialect.Steps(firstStep, lastStep, "@firstStep", "@lastStep")} LIMIT @limit) AS p",
        new { series.Id, firstStep, lastStep, limit });

    private static MetricPoint[] FromExtremes(DbConnection connection, Dialect dialect, SeriesRow series, int maximum, long firstStep, long lastStep)
    {
        MetricPoint[] ends =
        [
            .. End(connection, series, firstStep, lastStep, "ASC", 1),
            .. OpenChunk.Read(series.Key, series.OpenChunk).Extremes.Where(point => point.Step >= firstStep && point.Step <= lastStep),

            // What is not in a whole chunk yet, where points come in their order.
            .. End(connection, series, firstStep, lastStep, "DESC", OpenChunk.Size),
        ];
        var candidates = Merged(dialect.ReadPoints(connection, Dialect.Extremes, series, firstStep, lastStep), [.. ends.Order(PointOrder.Instance)]);
        return [.. ExtremaThinning.Thin(candidates, candidates.Count, maximum)];
    }

    /// <summary>Both in one order, each point once. The first are many and are not sorted again.</summary>
    private static List<MetricPoint> Merged(IEnumerable<MetricPoint> many, MetricPoint[] few)
    {
        var merged = new List<MetricPoint>();
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

    private static IEnumerable<MetricPoint> End(DbConnection connection, SeriesRow series, long firstStep, long lastStep, string direction, int limit) => connection
        .Query<(long Step, long Time, StoredNumber Value)>(
            $"""
            SELECT step, time, value FROM metric_points WHERE series_id = @Id {Dialect.Steps(firstStep, lastStep, "@firstStep", "@lastStep")}
            ORDER BY step {direction}, time {direction}, value {direction} LIMIT @limit
            """,
            new { series.Id, firstStep, lastStep, limit })
        .Select(row => new MetricPoint(series.Key, row.Step, row.Value, row.Time.ToTime()));
}
