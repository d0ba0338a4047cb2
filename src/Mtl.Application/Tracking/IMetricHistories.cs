using Mtl.Core;
using Mtl.Tracking.Metrics;

namespace Mtl.Application.Tracking;

/// <summary>Reads of metric histories.</summary>
public interface IMetricHistories
{
    /// <summary>
    /// A metric's points in the order of step, time and value, read in pieces as they are asked for, from behind <paramref name="pageToken"/> on (the first when empty). NotFound and Invalid before the first.
    /// </summary>
    Task<Result<IAsyncEnumerable<MetricPoint>>> AllAsync(string runId, string key, string pageToken, CancellationToken cancellation = default);

    /// <summary>At most <paramref name="limit"/> points, and the token of the next page; null when there is none.</summary>
    Task<Result<(IReadOnlyList<MetricPoint> Points, string? NextToken)>> PageAsync(string runId, string key, int limit, string pageToken, CancellationToken cancellation = default);

    /// <summary>The first points of a metric of several runs, at most <paramref name="limit"/> of all runs together.</summary>
    Task<Result<IReadOnlyList<(string RunId, MetricPoint Point)>>> BulkAsync(IReadOnlyList<string> runIds, string key, int limit, CancellationToken cancellation = default);

    /// <summary>A metric of several runs between two steps, thinned to <paramref name="limit"/> points a run so that least and greatest values stay (of fewer than four: the first and the last).</summary>
    Task<Result<IReadOnlyList<(string RunId, MetricPoint Point)>>> IntervalAsync(
        IReadOnlyList<string> runIds, string key, long? firstStep, long? lastStep, int limit, CancellationToken cancellation = default);
}
