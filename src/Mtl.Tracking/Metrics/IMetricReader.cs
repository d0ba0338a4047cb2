namespace Mtl.Tracking.Metrics;

/// <summary>Reads of single metrics. Thread-safe.</summary>
public interface IMetricReader
{
    /// <summary>Fewest points to which a history is thinned: the first, the last, the least and the greatest.</summary>
    const int FewestPoints = 4;

    /// <summary>Run → key → summary.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, MetricSummary>>> SummariesAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellation = default);

    /// <summary>Run → key → last point (the greatest by step, then time, then value), without the rest of its summary.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, MetricPoint>>> LastAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellation = default);

    /// <summary>At most <paramref name="limit"/> points of one key in the order of step, time and value, beginning behind <paramref name="after"/> (at the first when null).</summary>
    Task<IReadOnlyList<MetricPoint>> PageAsync(string runId, string key, MetricPoint? after, int limit, CancellationToken cancellation = default);

    /// <summary>One key's points from <paramref name="firstStep"/> to <paramref name="lastStep"/>, thinned to <paramref name="maximumPoints"/> (at least <see cref="FewestPoints"/>) so that least and greatest values stay.</summary>
    Task<IReadOnlyList<MetricPoint>> ThinnedAsync(
        string runId, string key, int maximumPoints, long firstStep = long.MinValue, long lastStep = long.MaxValue, CancellationToken cancellation = default);
}
