using Mtl.Tracking.Metrics;

namespace Mtl.Application.Tracking;

/// <summary>What a client logs to a run at once, as it was sent.</summary>
public sealed record RunLog(
    IReadOnlyList<MetricPoint> Metrics, IReadOnlyList<KeyValuePair<string, string>> Parameters, IReadOnlyList<KeyValuePair<string, string>> Tags);
