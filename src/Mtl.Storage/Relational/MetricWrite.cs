using System.Data.Common;
using Dapper;
using Mtl.Tracking.Metrics;

namespace Mtl.Storage.Relational;

/// <summary>Adding points and dropping them, with the series' numbers and extremes kept right. Within the caller's transaction.</summary>
internal static class MetricWrite
{
    /// <summary>Adds the points that are not there yet; gives back their number.</summary>
    public static int Append(DbConnection connection, Dialect dialect, long runNo, IReadOnlyList<MetricPoint> points)
    {
        var byKey = points.GroupBy(point => point.Key).ToDictionary(group => group.Key, group => group.Distinct(PointOrder.Instance).Order(PointOrder.Instance).ToList());
        var added = new List<(long, MetricPoint)>(points.Count);
        var extremes = new List<(int Level, long Series, MetricPoint Point)>();
        var changed = new List<SeriesRow>(byKey.Count);
        foreach (var series in dialect.LockSeries(connection, runNo, byKey.Keys))
        {
            var fresh = Fresh(connection, dialect, series, byKey[series.Key]);
            if (fresh.Count == 0)
                continue;
            extremes.AddRange(series.Add(fresh).Select(extreme => (extreme.Level, series.Id, extreme.Point)));
            added.AddRange(fresh.Select(point => (series.Id, point)));
            changed.Add(series);
        }

        if (added.Count == 0)
            return 0;
        dialect.Write(connection, [new PointRows(PointTable.Points, added), .. ByLevel(extremes)], changed);
        return added.Count;
    }

    /// <summary>Drops the run's points beyond the step; gives back the number of series that lost some.</summary>
    public static int Rewind(DbConnection connection, Dialect dialect, string runId, long step)
    {
        if (RunNumber.Of(connection, runId) is not { } runNo)
            return 0;
        var keys = connection.Query<string>("SELECT key FROM metric_series WHERE run_no = @runNo AND last_step > @step", new { runNo, step }).AsList();
        foreach (var series in dialect.LockSeries(connection, runNo, keys))
        {
            connection.Execute("DELETE FROM metric_points WHERE series_id = @Id AND step > @step; DELETE FROM metric_extremes WHERE series_id = @Id", new { series.Id, step });
            Count(connection, dialect, series);
        }

        return keys.Count;
    }

    /// <summary>Counts a series anew from its points.</summary>
    private static void Count(DbConnection connection, Dialect dialect, SeriesRow series)
    {
        var counted = new SeriesRow { Id = series.Id, Key = series.Key, Points = 0, LastStep = 0, LastTime = 0, LastValue = 0, OpenChunks = [] };
        var extremes = counted.Add(dialect.ReadPoints(connection, PointTable.Points, series, long.MinValue, long.MaxValue));
        if (counted.Points == 0)
        {
            connection.Execute("DELETE FROM metric_series WHERE id = @Id", new { series.Id });
            return;
        }

        dialect.Write(connection, [.. ByLevel(extremes.Select(extreme => (extreme.Level, series.Id, extreme.Point)))], [counted]);
    }

    private static IEnumerable<PointRows> ByLevel(IEnumerable<(int Level, long Series, MetricPoint Point)> extremes) => extremes
        .GroupBy(extreme => extreme.Level)
        .Select(level => new PointRows(PointTable.Extremes(level.Key), [.. level.Select(extreme => (extreme.Series, extreme.Point))]));

    /// <summary>Those of the points, in their order, that the series does not hold. What lies behind its last one is new; only what is written late has to be looked up.</summary>
    private static List<MetricPoint> Fresh(DbConnection connection, Dialect dialect, SeriesRow series, List<MetricPoint> points)
    {
        if (series.Points == 0)
            return points;
        var last = series.Last;
        var late = points.TakeWhile(point => PointOrder.Instance.Compare(point, last) <= 0).ToList();
        if (late.Count == 0)
            return points;
        var known = dialect.Known(connection, series.Id, late).ToHashSet(PointOrder.Instance);
        return [.. points.Where(point => !known.Contains(point))];
    }
}
