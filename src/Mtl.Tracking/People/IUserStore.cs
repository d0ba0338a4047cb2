using Mtl.Core;

namespace Mtl.Tracking.People;

/// <summary>Users and teams. Thread-safe. A store that can't be reached throws; what the data forbid is an <see cref="Error"/>.</summary>
public interface IUserStore
{
    /// <summary>Adds a user; Conflict when the name or the external id is taken.</summary>
    Task<Result<User>> AddAsync(User user, CancellationToken cancellation = default);

    /// <summary>Adds the first user; Conflict when there is one already, whoever added it a moment before.</summary>
    Task<Result<User>> AddFirstAsync(User user, CancellationToken cancellation = default);

    /// <summary>Replaces version <c>user.Version</c> and gives back the record with the next version; Conflict when another write came first, the name is taken, or no administrator who can sign in would be left.</summary>
    Task<Result<User>> UpdateAsync(User user, CancellationToken cancellation = default);

    /// <summary>Removes a user with their sessions, tokens, grants and memberships; what they did stays in the audit log. Conflict when no administrator who can sign in would be left.</summary>
    Task<Result<bool>> RemoveAsync(string id, CancellationToken cancellation = default);

    Task<Result<User>> GetAsync(string id, CancellationToken cancellation = default);

    /// <summary>Whatever the case of the name's letters; null when there is none.</summary>
    Task<User?> FindByNameAsync(string name, CancellationToken cancellation = default);

    /// <summary>Null when there is none.</summary>
    Task<User?> FindByExternalIdAsync(string externalId, CancellationToken cancellation = default);

    /// <summary>By name.</summary>
    Task<IReadOnlyList<User>> ListAsync(CancellationToken cancellation = default);

    /// <summary>Whether there is a user at all; with <paramref name="administrators"/>, an administrator who can sign in.</summary>
    Task<bool> IsAnyoneAsync(bool administrators, CancellationToken cancellation = default);
}
