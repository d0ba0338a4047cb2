using Mtl.Tracking.Metrics;
using Mtl.Tracking.Models;

namespace Mtl.Application.Tracking;

/// <summary>What a client logs to a run at once, as it was sent.</summary>
public sealed record RunLog(
    IReadOnlyList<MetricPoint> Metrics, IReadOnlyList<KeyValuePair<string, string>> Parameters, IReadOnlyList<KeyValuePair<string, string>> Tags)
{
    /// <summary>Which of <see cref="Metrics"/> are about logged models.</summary>
    public IReadOnlyList<ModelMetric> ModelMetrics { get; init; } = [];
}
