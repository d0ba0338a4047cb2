using System.Data.Common;
using Dapper;
using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Storage.Relational;

internal sealed class UserStore(IDatabase database) : IUserStore
{
    private const string Columns = "id, name, name_key, created_at, is_administrator, is_disabled, password_hash, external_id, last_sign_in_at, version";

    private const string Insert =
        $"""
        INSERT INTO users ({Columns})
        VALUES (@Id, @Name, @NameKey, @CreatedAt, @IsAdministrator, @IsDisabled, @PasswordHash, @ExternalId, @LastSignInAt, 1)
        ON CONFLICT DO NOTHING
        """;

    private const string Update =
        """
        UPDATE users SET is_administrator = @IsAdministrator, is_disabled = @IsDisabled, password_hash = @PasswordHash, external_id = @ExternalId,
               last_sign_in_at = @LastSignInAt, version = version + 1
        WHERE id = @Id AND version = @Version
        """;

    public Task<Result<User>> AddAsync(User user, CancellationToken cancellation = default) => database.WriteAsync(connection => Add(connection, user), cancellation);

    public Task<Result<User>> AddFirstAsync(User user, CancellationToken cancellation = default) => database.WriteAsync(
        connection =>
        {
            var isFirst = connection.Execute(
                "INSERT INTO first_user (one, user_id) SELECT 1, @Id WHERE NOT EXISTS (SELECT 1 FROM users) ON CONFLICT DO NOTHING", new { user.Id }) == 1;
            return isFirst ? Add(connection, user) : Error.Conflict("The first user has been set up already.", "Sign in, or ask an administrator for an account.");
        },
        cancellation);

    public Task<Result<User>> UpdateAsync(User user, CancellationToken cancellation = default) => database.WriteAsync<Result<User>>(
        connection =>
        {
            if (user is { IsAdministrator: false } or { IsDisabled: true } && IsLastAdministrator(connection, user.Id))
                return LastAdministrator(user.Name);
            return connection.Execute(Update, Row.Of(user)) == 1
                ? user with { Version = user.Version + 1 }
                : Failures.Stale("user", user.Id, user.Version, connection.QuerySingleOrDefault<long?>("SELECT version FROM users WHERE id = @Id", new { user.Id }));
        },
        cancellation);

    public Task<Result<bool>> RemoveAsync(string id, CancellationToken cancellation = default) => database.WriteAsync<Result<bool>>(
        connection =>
        {
            if (IsLastAdministrator(connection, id))
                return LastAdministrator(Row.Find(connection, id)!.Name);
            connection.Execute("DELETE FROM grants WHERE principal_kind = 'User' AND principal_id = @id", new { id });
            return connection.Execute("DELETE FROM users WHERE id = @id", new { id }) == 1 ? true : Failures.NotFound("user", id);
        },
        cancellation);

    public async Task<Result<User>> GetAsync(string id, CancellationToken cancellation = default) =>
        await FindAsync("id = @value", id, cancellation) is { } user ? user : Failures.NotFound("user", id);

    public Task<User?> FindByNameAsync(string name, CancellationToken cancellation = default) => FindAsync("name_key = @value", UserName.Key(name), cancellation);

    public Task<User?> FindByExternalIdAsync(string externalId, CancellationToken cancellation = default) => FindAsync("external_id = @value", externalId, cancellation);

    public Task<IReadOnlyList<User>> ListAsync(CancellationToken cancellation = default) => database.ReadAsync<IReadOnlyList<User>>(
        connection => [.. connection.Query<Row>($"SELECT {Columns} FROM users ORDER BY name_key").Select(row => row.ToUser())],
        cancellation);

    public Task<bool> IsAnyoneAsync(bool administrators, CancellationToken cancellation = default) => database.QueryAsync(
        connection => connection.Query<long>(
            $"SELECT 1 FROM users {(administrators ? "WHERE is_administrator = @yes AND is_disabled = @no" : "")} LIMIT 1", administrators ? new { yes = true, no = false } : null).Any(),
        cancellation);

    /// <summary>Within the caller's transaction. Takes all administrators' rows for itself, so that two of them can't go at once and leave none.</summary>
    private static bool IsLastAdministrator(DbConnection connection, string id)
    {
        const string Administrators = "is_administrator = @yes AND is_disabled = @no";
        if (Row.Find(connection, id) is not { IsAdministrator: true, IsDisabled: false })
            return false;
        var sides = new { yes = true, no = false };
        connection.Execute($"UPDATE users SET version = version WHERE {Administrators}", sides);
        return connection.Query<string>($"SELECT id FROM users WHERE {Administrators}", sides).AsList() is [var only] && only == id;
    }

    private static Error LastAdministrator(string name) => Error.Conflict($"'{name}' is the only administrator who can sign in.", "Make somebody else one first.");

    private static Result<User> Add(DbConnection connection, User user) => connection.Execute(Insert, Row.Of(user)) == 1
        ? user with { Version = 1 }
        : Error.Conflict($"There is a user '{user.Name}' already.", "Choose another name.");

    private Task<User?> FindAsync(string condition, string value, CancellationToken cancellation) => database.QueryAsync(
        connection => connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM users WHERE {condition}", new { value })?.ToUser(), cancellation);

    /// <summary>A user as the tables hold one; also a part of the rows of sessions and tokens.</summary>
    internal sealed class Row
    {
        public required string Id { get; init; }

        public required string Name { get; init; }

        public required string NameKey { get; init; }

        public required long CreatedAt { get; init; }

        public required bool IsAdministrator { get; init; }

        public required bool IsDisabled { get; init; }

        public required string PasswordHash { get; init; }

        public required string? ExternalId { get; init; }

        public required long? LastSignInAt { get; init; }

        public required long Version { get; init; }

        /// <summary>The user of an id, on a connection that is at hand.</summary>
        public static User? Find(DbConnection connection, string id) => connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM users WHERE id = @id", new { id })?.ToUser();

        public static Row Of(User user) => new()
        {
            Id = user.Id,
            Name = user.Name,
            NameKey = UserName.Key(user.Name),
            CreatedAt = user.CreatedAt.UtcTicks,
            IsAdministrator = user.IsAdministrator,
            IsDisabled = user.IsDisabled,
            PasswordHash = user.PasswordHash,
            ExternalId = user.ExternalId,
            LastSignInAt = user.LastSignInAt?.UtcTicks,
            Version = user.Version,
        };

        public User ToUser() => new(Id, Name, CreatedAt.ToTime())
        {
            IsAdministrator = IsAdministrator,
            IsDisabled = IsDisabled,
            PasswordHash = PasswordHash,
            ExternalId = ExternalId,
            LastSignInAt = LastSignInAt.ToTime(),
            Version = Version,
        };
    }
}
