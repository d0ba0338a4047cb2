using Mtl.Tracking.Metrics;

namespace Mtl.Tracking.Runs;

/// <summary>What is logged to a run at once.</summary>
public sealed record RunBatch(IReadOnlyList<MetricPoint> Metrics, IReadOnlyDictionary<string, string> Parameters, IReadOnlyDictionary<string, string> Tags);
