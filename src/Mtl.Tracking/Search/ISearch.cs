using Mtl.Core;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;

namespace Mtl.Tracking.Search;

/// <summary>Searches over the stored records. Thread-safe. Invalid for a page token of another query.</summary>
public interface ISearch
{
    /// <summary>
    /// Attributes: <c>experiment_id</c>, <c>name</c>, <c>creation_time</c>, <c>last_update_time</c> (milliseconds since 1970). Tags.
    /// </summary>
    Task<Result<Page<Experiment>>> ExperimentsAsync(SearchQuery query, RecordView view, CancellationToken cancellation = default);

    /// <summary>
    /// Runs of the experiments. Attributes: <c>run_id</c>, <c>run_name</c>, <c>status</c> (a <see cref="RunStatus"/> name), <c>kind</c>, <c>user_id</c>, <c>artifact_uri</c> (where clients find the run's files), <c>experiment_id</c>,
    /// <c>start_time</c>, <c>end_time</c>, <c>created</c> (milliseconds since 1970). Metrics, parameters, tags, datasets.
    /// </summary>
    Task<Result<Page<Run>>> RunsAsync(IReadOnlyCollection<string> experimentIds, SearchQuery query, RecordView view, CancellationToken cancellation = default);

    /// <summary>Attributes: <c>name</c>, <c>creation_timestamp</c>, <c>last_updated_timestamp</c>. Tags.</summary>
    Task<Result<Page<RegisteredModel>>> ModelsAsync(SearchQuery query, CancellationToken cancellation = default);

    /// <summary>Attributes: <c>name</c>, <c>version_number</c>, <c>run_id</c>, <c>source_path</c>, <c>creation_timestamp</c>, <c>last_updated_timestamp</c>, <c>current_stage</c>. Tags.</summary>
    Task<Result<Page<ModelVersion>>> VersionsAsync(SearchQuery query, CancellationToken cancellation = default);

    /// <summary>
    /// Logged models of the experiments. Attributes: <c>name</c>, <c>model_id</c>, <c>model_type</c>, <c>status</c>, <c>source_run_id</c>, <c>creation_timestamp</c>, <c>last_updated_timestamp</c>. Parameters, tags, metrics: a
    /// condition is met by any point of the metric, an order goes by the last one by time, then step.
    /// </summary>
    Task<Result<Page<LoggedModel>>> LoggedModelsAsync(IReadOnlyCollection<string> experimentIds, SearchQuery query, CancellationToken cancellation = default);
}
