using Mtl.Core;
using Mtl.Tracking.Artifacts;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Search;

namespace Mtl.Application.Runs;

/// <summary>What a person does with runs.</summary>
public interface IRuns
{
    /// <summary>Most runs of a page.</summary>
    const int PageSize = 50;

    /// <summary>Live runs of one experiment (of all when null), the newest first.</summary>
    Task<IReadOnlyList<RunSummary>> ListAsync(string? experimentId = null, CancellationToken cancellation = default);

    /// <summary>A page of an experiment's live runs, the newest first: what a page shows of an experiment with very many costs no more than of one with few.</summary>
    Task<Result<Page<RunSummary>>> PageAsync(string experimentId, string? token = null, CancellationToken cancellation = default);

    /// <summary>Live runs by their ids, in that order; those that are not there or not the caller's to see are left out.</summary>
    Task<IReadOnlyList<RunSummary>> OfAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellation = default);

    Task<Result<RunDetails>> GetAsync(string runId, CancellationToken cancellation = default);

    /// <summary>Stops training after the present step, with a checkpoint.</summary>
    Task<Result<RunStatus>> PauseAsync(string runId, CancellationToken cancellation = default);

    Task<Result<RunStatus>> ResumeAsync(string runId, CancellationToken cancellation = default);

    Task<Result<RunStatus>> CancelAsync(string runId, CancellationToken cancellation = default);

    /// <summary>Histories by metric key, in step order; thinned to <paramref name="maximumPoints"/> a key so that least and greatest values stay.</summary>
    Task<Result<IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>>>> MetricsAsync(string runId, int maximumPoints = 2000, CancellationToken cancellation = default);

    Task<Result<IReadOnlyList<LogLine>>> LogAsync(string runId, long afterSequence = 0, int limit = 1000, CancellationToken cancellation = default);

    /// <summary>
    /// The run's changes as they come, at most a few a second, beginning with everything after <paramref name="afterStep"/> and <paramref name="afterLogSequence"/>;
    /// ends after the update that shows a final status, and when the caller may no longer read the run (looked at every <see cref="People.PeopleOptions.StreamCheckPeriod"/>). Survives the run's grain moving or the server resuming it.
    /// </summary>
    IAsyncEnumerable<RunUpdate> WatchAsync(string runId, long afterStep = 0, long afterLogSequence = 0, CancellationToken cancellation = default);

    Task<Result<IReadOnlyList<ArtifactFile>>> ArtifactsAsync(string runId, CancellationToken cancellation = default);

    /// <summary>Opens one of the run's files.</summary>
    Task<Result<Stream>> OpenArtifactAsync(string runId, string path, CancellationToken cancellation = default);
}
