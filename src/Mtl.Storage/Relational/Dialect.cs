using System.Data.Common;
using Mtl.Storage.Relational.Search;
using Mtl.Tracking.Metrics;

namespace Mtl.Storage.Relational;

/// <summary>What the databases do not have in common: reading and writing many points at once, which each has its own fast way for.</summary>
internal abstract class Dialect
{
    /// <summary>
    /// A run's series of the keys (no key twice), in any order; those it has not had yet are added without points. Until the transaction ends no other changes them.
    /// </summary>
    public abstract IReadOnlyList<SeriesRow> LockSeries(DbConnection connection, long runNo, IReadOnlyCollection<string> keys);

    /// <summary>Inserts points that are not there yet, and replaces the numbers of the series.</summary>
    public abstract void Write(DbConnection connection, IReadOnlyList<PointRows> points, IReadOnlyList<SeriesRow> series);

    /// <summary>Those of the points that are stored.</summary>
    public abstract IEnumerable<MetricPoint> Known(DbConnection connection, long series, IReadOnlyList<MetricPoint> points);

    /// <summary>The points of a series from <paramref name="firstStep"/> to <paramref name="lastStep"/> in their order.</summary>
    public abstract IEnumerable<MetricPoint> ReadPoints(DbConnection connection, PointTable table, SeriesRow series, long firstStep, long lastStep);

    /// <summary>A query that gives the numbers in its column <c>no</c>.</summary>
    public abstract string Numbers(IReadOnlyCollection<long> numbers, SearchArguments arguments);

    /// <summary>The condition on steps, as far as there is one: a bound that bounds nothing misleads a planner without statistics into sorting a whole history.</summary>
    public static string Steps(long firstStep, long lastStep, string first, string last) =>
        $"{(firstStep == long.MinValue ? "" : $"AND step >= {first}")} {(lastStep == long.MaxValue ? "" : $"AND step <= {last}")}";
}
