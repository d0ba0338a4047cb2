using Mtl.Core;

namespace Mtl.Tracking.Collaboration;

/// <summary>Saved views. Thread-safe. A name stands once in an experiment.</summary>
public interface IViewStore
{
    /// <summary>Conflict when the experiment has a view of that name.</summary>
    Task<Result<SavedView>> AddAsync(SavedView view, CancellationToken cancellation = default);

    /// <summary>Writes name, query and time of the view of that id; Conflict when the name is another's.</summary>
    Task<Result<SavedView>> UpdateAsync(SavedView view, CancellationToken cancellation = default);

    Task<Result<SavedView>> GetAsync(string id, CancellationToken cancellation = default);

    /// <summary>By name.</summary>
    Task<IReadOnlyList<SavedView>> ListAsync(string experimentId, CancellationToken cancellation = default);

    Task<Result<bool>> RemoveAsync(string id, CancellationToken cancellation = default);
}
