using Mtl.Core;
using Mtl.Tracking.Search;

namespace Mtl.Application.Tracking;

/// <summary>What clients do with experiments.</summary>
public interface IExperimentTracking
{
    /// <summary>Gives back the id; Conflict when a live experiment has the name.</summary>
    Task<Result<string>> CreateAsync(string name, string artifactLocation, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default);

    /// <summary>Also a deleted one.</summary>
    Task<Result<TrackedExperiment>> GetAsync(string id, CancellationToken cancellation = default);

    /// <summary>The live one of that name, or else a deleted one.</summary>
    Task<Result<TrackedExperiment>> GetByNameAsync(string name, CancellationToken cancellation = default);

    Task<Result<Page<TrackedExperiment>>> SearchAsync(SearchRequest request, RecordView view, CancellationToken cancellation = default);

    Task<Result<string>> RenameAsync(string id, string name, CancellationToken cancellation = default);

    /// <summary>Marks it as deleted; Conflict while the platform trains one of its runs.</summary>
    Task<Result<string>> DeleteAsync(string id, CancellationToken cancellation = default);

    Task<Result<string>> RestoreAsync(string id, CancellationToken cancellation = default);

    Task<Result<string>> SetTagAsync(string id, string key, string value, CancellationToken cancellation = default);

    Task<Result<string>> DeleteTagAsync(string id, string key, CancellationToken cancellation = default);
}
