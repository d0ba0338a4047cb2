namespace Mtl.Tracking.Metrics;

/// <summary>The runs' metric histories. Thread-safe.</summary>
public interface IMetricStore
{
    /// <summary>Adds points, all or none. Several of one step are kept; one that is there already, with its time and value, is not added again, so that a batch may be sent twice.</summary>
    Task AppendAsync(string runId, IReadOnlyList<MetricPoint> points, CancellationToken cancellation = default);

    /// <summary>Drops points (and log lines) beyond <paramref name="step"/>: a resumed run writes them again, with the same values.</summary>
    Task RewindAsync(string runId, long step, CancellationToken cancellation = default);

    /// <summary>The histories of all keys in step order, points after <paramref name="afterStep"/> only; keys with more than <paramref name="maximumPoints"/> (at least <see cref="IMetricReader.FewestPoints"/>) are thinned so that least and greatest values stay.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>>> HistoryAsync(string runId, long afterStep = 0, int maximumPoints = 2000, CancellationToken cancellation = default);

    /// <summary>The last value of each key (the greatest by step, then time, then value), for each of the runs.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>> LatestAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellation = default);
}
