using Mtl.Core;

namespace Mtl.Tracking.People;

/// <summary>Sessions and API tokens. Thread-safe.</summary>
public interface ICredentialStore
{
    Task AddSessionAsync(Session session, CancellationToken cancellation = default);

    /// <summary>The session and its user, whatever their state; null when there is no such session.</summary>
    Task<(Session Session, User User)?> FindSessionAsync(string id, CancellationToken cancellation = default);

    /// <summary>Notes that a session was used, and until when it lasts now.</summary>
    Task TouchSessionAsync(string id, DateTimeOffset seenAt, DateTimeOffset expiresAt, CancellationToken cancellation = default);

    Task RemoveSessionAsync(string id, CancellationToken cancellation = default);

    /// <summary>Removes a user's sessions but one; all of them when <paramref name="except"/> is null.</summary>
    Task RemoveSessionsAsync(string userId, string? except, CancellationToken cancellation = default);

    Task RemoveExpiredSessionsAsync(DateTimeOffset now, CancellationToken cancellation = default);

    /// <summary>A user's sessions, the one last used first.</summary>
    Task<IReadOnlyList<Session>> ListSessionsAsync(string userId, CancellationToken cancellation = default);

    Task AddTokenAsync(ApiToken token, CancellationToken cancellation = default);

    /// <summary>The token of that hash and its user, whatever their state; null when there is none.</summary>
    Task<(ApiToken Token, User User)?> FindTokenAsync(string hash, CancellationToken cancellation = default);

    Task TouchTokenAsync(string id, DateTimeOffset usedAt, CancellationToken cancellation = default);

    /// <summary>Takes a user's token back; NotFound when they have none of that id.</summary>
    Task<Result<bool>> RemoveTokenAsync(string userId, string id, CancellationToken cancellation = default);

    /// <summary>Takes all of a user's tokens back.</summary>
    Task RemoveTokensAsync(string userId, CancellationToken cancellation = default);

    /// <summary>A user's tokens, the newest first.</summary>
    Task<IReadOnlyList<ApiToken>> ListTokensAsync(string userId, CancellationToken cancellation = default);
}
