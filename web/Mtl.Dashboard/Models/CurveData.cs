using Mtl.Tracking.Metrics;

namespace Mtl.Dashboard.Models;

/// <summary>Points as the chart script takes them: steps and values side by side; null where a value is not finite.</summary>
public sealed record CurveData(IReadOnlyList<long> Steps, IReadOnlyList<double?> Values)
{
    public static CurveData Of(IReadOnlyList<MetricPoint> points) =>
        new([.. points.Select(point => point.Step)], [.. points.Select(point => double.IsFinite(point.Value) ? point.Value : (double?)null)]);
}

/// <summary>What an update changed in the curves: everything beyond <paramref name="RewoundTo"/> is void, then these points follow, by metric key.</summary>
public sealed record CurveChange(long? RewoundTo, IReadOnlyDictionary<string, CurveData> Added)
{
    public bool IsEmpty => RewoundTo is null && Added.Count == 0;
}
