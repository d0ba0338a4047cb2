namespace Mtl.Tracking.People;

/// <summary>Who may do what. Thread-safe.</summary>
public interface IGrantStore
{
    /// <summary>Gives a permission, in place of the one that the principal had on the thing.</summary>
    Task SetAsync(Grant grant, CancellationToken cancellation = default);

    /// <summary>Takes a principal's line away; false when there was none.</summary>
    Task<bool> RemoveAsync(string kind, string thing, Principal principal, CancellationToken cancellation = default);

    /// <summary>Moves a thing's lines to its new id, as when a model is renamed.</summary>
    Task RenameAsync(string kind, string from, string to, CancellationToken cancellation = default);

    /// <summary>All lines of a thing.</summary>
    Task<IReadOnlyList<Grant>> ListAsync(string kind, string thing, CancellationToken cancellation = default);

    /// <summary>Lines of things of a kind that apply to a user: their own, their teams', everyone's; of one thing, or of all of the kind when <paramref name="thing"/> is null.</summary>
    Task<IReadOnlyList<Grant>> ApplyingAsync(string userId, string kind, string? thing = null, CancellationToken cancellation = default);
}
