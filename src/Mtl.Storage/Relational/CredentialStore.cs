using Dapper;
using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Storage.Relational;

internal sealed class CredentialStore(IDatabase database) : ICredentialStore
{
    private const string SessionColumns = "id, user_id, created_at, seen_at, expires_at, address";
    private const string TokenColumns = "id, user_id, name, hash, scope, created_at, expires_at, used_at";

    public Task AddSessionAsync(Session session, CancellationToken cancellation = default) => WriteAsync(
        $"INSERT INTO sessions ({SessionColumns}) VALUES (@Id, @UserId, @CreatedAt, @SeenAt, @ExpiresAt, @Address)",
        new { session.Id, session.UserId, CreatedAt = session.CreatedAt.UtcTicks, SeenAt = session.SeenAt.UtcTicks, ExpiresAt = session.ExpiresAt.UtcTicks, session.Address },
        cancellation);

    public Task<(Session Session, User User)?> FindSessionAsync(string id, CancellationToken cancellation = default) => database.ReadAsync<(Session, User)?>(
        connection => connection.QuerySingleOrDefault<SessionRow>($"SELECT {SessionColumns} FROM sessions WHERE id = @id", new { id }) is { } row
            && UserStore.Row.Find(connection, row.UserId) is { } user
                ? (row.ToSession(), user)
                : null,
        cancellation);

    public Task TouchSessionAsync(string id, DateTimeOffset seenAt, DateTimeOffset expiresAt, CancellationToken cancellation = default) =>
        WriteAsync("UPDATE sessions SET seen_at = @seen, expires_at = @expires WHERE id = @id", new { id, seen = seenAt.UtcTicks, expires = expiresAt.UtcTicks }, cancellation);

    public Task RemoveSessionAsync(string id, CancellationToken cancellation = default) => WriteAsync("DELETE FROM sessions WHERE id = @id", new { id }, cancellation);

    public Task RemoveSessionsAsync(string userId, string? except, CancellationToken cancellation = default) =>
        WriteAsync("DELETE FROM sessions WHERE user_id = @userId AND id <> @kept", new { userId, kept = except ?? "" }, cancellation);

    public Task RemoveExpiredSessionsAsync(DateTimeOffset now, CancellationToken cancellation = default) =>
        WriteAsync("DELETE FROM sessions WHERE expires_at <= @now", new { now = now.UtcTicks }, cancellation);

    public Task<IReadOnlyList<Session>> ListSessionsAsync(string userId, CancellationToken cancellation = default) => database.ReadAsync<IReadOnlyList<Session>>(
        connection => [.. connection.Query<SessionRow>($"SELECT {SessionColumns} FROM sessions WHERE user_id = @userId ORDER BY seen_at DESC, id", new { userId }).Select(row => row.ToSession())],
        cancellation);

    public Task AddTokenAsync(ApiToken token, CancellationToken cancellation = default) => WriteAsync(
        $"INSERT INTO tokens ({TokenColumns}) VALUES (@Id, @UserId, @Name, @Hash, @Scope, @CreatedAt, @ExpiresAt, @UsedAt)",
        new
        {
            token.Id, token.UserId, token.Name, token.Hash, Scope = token.Scope.ToString(),
            CreatedAt = token.CreatedAt.UtcTicks, ExpiresAt = token.ExpiresAt?.UtcTicks, UsedAt = token.UsedAt?.UtcTicks,
        },
        cancellation);

    public Task<(ApiToken Token, User User)?> FindTokenAsync(string hash, CancellationToken cancellation = default) => database.ReadAsync<(ApiToken, User)?>(
        connection => connection.QuerySingleOrDefault<TokenRow>($"SELECT {TokenColumns} FROM tokens WHERE hash = @hash", new { hash }) is { } row
            && UserStore.Row.Find(connection, row.UserId) is { } user
                ? (row.ToToken(), user)
                : null,
        cancellation);

    public Task TouchTokenAsync(string id, DateTimeOffset usedAt, CancellationToken cancellation = default) =>
        WriteAsync("UPDATE tokens SET used_at = @usedAt WHERE id = @id", new { id, usedAt = usedAt.UtcTicks }, cancellation);

    public Task<Result<bool>> RemoveTokenAsync(string userId, string id, CancellationToken cancellation = default) => database.WriteAsync<Result<bool>>(
        connection => connection.Execute("DELETE FROM tokens WHERE id = @id AND user_id = @userId", new { id, userId }) == 1 ? true : Failures.NotFound("token", id),
        cancellation);

    public Task RemoveTokensAsync(string userId, CancellationToken cancellation = default) => WriteAsync("DELETE FROM tokens WHERE user_id = @userId", new { userId }, cancellation);

    public Task<IReadOnlyList<ApiToken>> ListTokensAsync(string userId, CancellationToken cancellation = default) => database.ReadAsync<IReadOnlyList<ApiToken>>(
        connection => [.. connection.Query<TokenRow>($"SELECT {TokenColumns} FROM tokens WHERE user_id = @userId ORDER BY created_at DESC, id", new { userId }).Select(row => row.ToToken())],
        cancellation);

    private Task WriteAsync(string sql, object values, CancellationToken cancellation) => database.WriteAsync(connection => connection.Execute(sql, values), cancellation);

    private sealed class SessionRow
    {
        public required string Id { get; init; }

        public required string UserId { get; init; }

        public required long CreatedAt { get; init; }

        public required long SeenAt { get; init; }

        public required long ExpiresAt { get; init; }

        public required string Address { get; init; }

        public Session ToSession() => new(Id, UserId, CreatedAt.ToTime(), SeenAt.ToTime(), ExpiresAt.ToTime(), Address);
    }

    private sealed class TokenRow
    {
        public required string Id { get; init; }

        public required string UserId { get; init; }

        public required string Name { get; init; }

        public required string Hash { get; init; }

        public required string Scope { get; init; }

        public required long CreatedAt { get; init; }

        public required long? ExpiresAt { get; init; }

        public required long? UsedAt { get; init; }

        public ApiToken ToToken() => new(Id, UserId, Name, Hash, Enum.Parse<TokenScope>(Scope), CreatedAt.ToTime(), ExpiresAt.ToTime(), UsedAt.ToTime());
    }
}
