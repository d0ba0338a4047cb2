using Mtl.Core;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Search;

namespace Mtl.Application.Tracking;

/// <summary>
/// What clients do with runs. What the platform trains, the platform alone writes: of such a run clients may change tags and files of their own, and end it by killing it; the rest is Invalid.
/// Nothing is logged to a deleted run.
/// </summary>
public interface IRunTracking
{
    Task<Result<TrackedRun>> CreateAsync(NewRun run, CancellationToken cancellation = default);

    /// <summary>Also a deleted one.</summary>
    Task<Result<TrackedRun>> GetAsync(string id, CancellationToken cancellation = default);

    Task<Result<TrackedRun>> UpdateAsync(string id, RunChange change, CancellationToken cancellation = default);

    Task<Result<string>> DeleteAsync(string id, CancellationToken cancellation = default);

    Task<Result<string>> RestoreAsync(string id, CancellationToken cancellation = default);

    /// <summary>Writes a batch, all or none. A parameter keeps its value; a tag is replaced.</summary>
    Task<Result<string>> LogAsync(string id, RunLog log, CancellationToken cancellation = default);

    Task<Result<string>> DeleteTagAsync(string id, string key, CancellationToken cancellation = default);

    Task<Result<string>> LogInputsAsync(string id, IReadOnlyList<DatasetInput> datasets, IReadOnlyList<ModelLink> models, CancellationToken cancellation = default);

    Task<Result<string>> LogOutputsAsync(string id, IReadOnlyList<ModelLink> models, CancellationToken cancellation = default);

    /// <summary>Adds a model's description (the JSON form of its <c>MLmodel</c>) to the run's history of models.</summary>
    Task<Result<string>> LogModelAsync(string id, string modelJson, CancellationToken cancellation = default);

    /// <summary>Runs of those of the experiments that the caller may read.</summary>
    Task<Result<Page<TrackedRun>>> SearchAsync(IReadOnlyCollection<string> experimentIds, SearchRequest request, RecordView view, CancellationToken cancellation = default);
}
