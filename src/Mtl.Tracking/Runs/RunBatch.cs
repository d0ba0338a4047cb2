using Mtl.Tracking.Metrics;
using Mtl.Tracking.Models;

namespace Mtl.Tracking.Runs;

/// <summary>What is logged to a run at once.</summary>
public sealed record RunBatch(IReadOnlyList<MetricPoint> Metrics, IReadOnlyDictionary<string, string> Parameters, IReadOnlyDictionary<string, string> Tags)
{
    public static RunBatch Nothing { get; } = new([], new Dictionary<string, string>(), new Dictionary<string, string>());

    /// <summary>Which of <see cref="Metrics"/> are about logged models, and what of them the run itself does not keep.</summary>
    public IReadOnlyList<ModelMetric> ModelMetrics { get; init; } = [];

    public bool IsEmpty => Metrics.Count + Parameters.Count + Tags.Count == 0;

    public static RunBatch OfTag(string key, string value) => Nothing with { Tags = new Dictionary<string, string> { [key] = value } };
}
