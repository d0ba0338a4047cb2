using Mtl.Core;
using Mtl.Tracking.Collaboration;

namespace Mtl.Application.Collaboration.Views;

/// <summary>Ways to look at an experiment's runs, kept under a name for everybody who reads the experiment.</summary>
public interface IViews
{
    Task<Result<IReadOnlyList<SavedView>>> ListAsync(string experimentId, CancellationToken cancellation = default);

    Task<Result<SavedView>> GetAsync(string id, CancellationToken cancellation = default);

    /// <summary>Keeps the page's state under a new name; Conflict when the name is taken.</summary>
    /// <param name="query">What stands behind the question mark of the page's address.</param>
    Task<Result<SavedView>> SaveAsync(string experimentId, string name, string query, CancellationToken cancellation = default);

    /// <summary>Replaces name and state of a view.</summary>
    Task<Result<SavedView>> UpdateAsync(string id, string name, string query, CancellationToken cancellation = default);

    Task<Result<bool>> RemoveAsync(string id, CancellationToken cancellation = default);
}
