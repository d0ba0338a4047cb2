using Mtl.Tracking.Metrics;

namespace Mtl.Storage.Relational;

/// <summary>The order of a history: by step, then time, then value, NaN last, as both databases sort.</summary>
internal sealed class PointOrder : IComparer<MetricPoint>, IEqualityComparer<MetricPoint>
{
    public static readonly PointOrder Instance = new();

    private PointOrder()
    {
    }

    public int Compare(MetricPoint x, MetricPoint y) => (x.Step.CompareTo(y.Step), x.Time.UtcTicks.CompareTo(y.Time.UtcTicks)) switch
    {
        (0, 0) => CompareValues(x.Value, y.Value),
        (0, var time) => time,
        (var step, _) => step,
    };

    public bool Equals(MetricPoint x, MetricPoint y) => Compare(x, y) == 0;

    public int GetHashCode(MetricPoint point) => HashCode.Combine(point.Step, point.Time.UtcTicks);

    private static int CompareValues(double x, double y) => (double.IsNaN(x), double.IsNaN(y)) switch
    {
        (true, true) => 0,
        (true, false) => 1,
        (false, true) => -1,
        _ => x.CompareTo(y),
    };
}
