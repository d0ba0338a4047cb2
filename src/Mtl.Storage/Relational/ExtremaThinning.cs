using Mtl.Tracking.Metrics;

namespace Mtl.Storage.Relational;

/// <summary>
/// Thins a history without hiding its spikes: the first and the last point stay, and of each of equally long stretches between them the least and the greatest value.
/// NaN is neither; a stretch of nothing else keeps its first.
/// </summary>
internal static class ExtremaThinning
{
    /// <summary>Fewest points that the rule needs: first, last, and one stretch's least and greatest.</summary>
    public const int FewestPoints = IMetricReader.FewestPoints;

    /// <summary>At most <paramref name="maximum"/> of the <paramref name="count"/> points, in their order, in one pass.</summary>
    public static IEnumerable<MetricPoint> Thin(IEnumerable<MetricPoint> points, long count, int maximum)
    {
        if (count <= maximum)
            return points;
        return Select(points, count, stretches: (maximum - 2) / 2);
    }

    private static IEnumerable<MetricPoint> Select(IEnumerable<MetricPoint> points, long count, int stretches)
    {
        var index = 0L;
        var stretch = 0L;
        MetricPoint? least = null, greatest = null;
        foreach (var point in points)
        {
            var isEnd = index == 0 || index == count - 1;
            var here = index == count - 1 ? stretches : (index - 1) * stretches / (count - 2);
            if (here != stretch)
            {
                foreach (var kept in InOrder(least, greatest))
                    yield return kept;
                (stretch, least, greatest) = (here, null, null);
            }

            if (isEnd)
            {
                yield return point;
            }
            else
            {
                if (least is not { } low || point.Value < low.Value || double.IsNaN(low.Value))
                    least = point;
                if (greatest is not { } high || point.Value > high.Value || double.IsNaN(high.Value))
                    greatest = point;
            }

            index++;
        }
    }

    private static IEnumerable<MetricPoint> InOrder(MetricPoint? least, MetricPoint? greatest) => (least, greatest) switch
    {
        ({ } low, { } high) when PointOrder.Instance.Equals(low, high) => [low],
        ({ } low, { } high) => PointOrder.Instance.Compare(low, high) < 0 ? [low, high] : [high, low],
        _ => [],
    };
}
