using Dapper;
using Mtl.Tracking.People;

namespace Mtl.Storage.Relational;

internal sealed class GrantStore(IDatabase database) : IGrantStore
{
    private const string Columns = "kind, thing, principal_kind, principal_id, permission";

    /// <summary>Grants to a user, to a team that they are in, and to everyone.</summary>
    private const string Applies =
        """
        ((principal_kind = 'User' AND principal_id = @userId)
          OR (principal_kind = 'Team' AND principal_id IN (SELECT team_id FROM team_members WHERE user_id = @userId))
          OR principal_kind = 'Everyone')
        """;

    public Task SetAsync(Grant grant, CancellationToken cancellation = default) => database.WriteAsync(
        connection => connection.Execute(
            $"INSERT INTO grants ({Columns}) VALUES (@Kind, @Thing, @PrincipalKind, @PrincipalId, @Permission) ON CONFLICT (kind, thing, principal_kind, principal_id) DO UPDATE SET permission = excluded.permission",
            Row.Of(grant)),
        cancellation);

    public Task<bool> RemoveAsync(string kind, string thing, Principal principal, CancellationToken cancellation = default) => database.WriteAsync(
        connection => connection.Execute(
            "DELETE FROM grants WHERE kind = @kind AND thing = @thing AND principal_kind = @principalKind AND principal_id = @principalId",
            new { kind, thing, principalKind = principal.Kind.ToString(), principalId = principal.Id }) == 1,
        cancellation);

    public Task RenameAsync(string kind, string from, string to, CancellationToken cancellation = default) => database.WriteAsync(
        connection =>
        {
            connection.Execute("DELETE FROM grants WHERE kind = @kind AND thing = @to", new { kind, to });
            return connection.Execute("UPDATE grants SET thing = @to WHERE kind = @kind AND thing = @from", new { kind, from, to });
        },
        cancellation);

    public Task<IReadOnlyList<Grant>> ListAsync(string kind, string thing, CancellationToken cancellation = default) =>
        QueryAsync("kind = @kind AND thing = @thing", new { kind, thing }, cancellation);

    public Task<IReadOnlyList<Grant>> ApplyingAsync(string userId, string kind, string? thing = null, CancellationToken cancellation = default) => thing is null
        ? QueryAsync($"kind = @kind AND {Applies}", new { kind, userId }, cancellation)
        : QueryAsync($"kind = @kind AND thing = @thing AND {Applies}", new { kind, thing, userId }, cancellation);

    private Task<IReadOnlyList<Grant>> QueryAsync(string condition, object values, CancellationToken cancellation) => database.QueryAsync<IReadOnlyList<Grant>>(
        connection => [.. connection.Query<Row>($"SELECT {Columns} FROM grants WHERE {condition} ORDER BY kind, thing, principal_kind, principal_id", values).Select(row => row.ToGrant())],
        cancellation);

    private sealed class Row
    {
        public required string Kind { get; init; }

        public required string Thing { get; init; }

        public required string PrincipalKind { get; init; }

        public required string PrincipalId { get; init; }

        public required string Permission { get; init; }

        public static Row Of(Grant grant) => new()
        {
            Kind = grant.Kind,
            Thing = grant.Thing,
            PrincipalKind = grant.Principal.Kind.ToString(),
            PrincipalId = grant.Principal.Id,
            Permission = grant.Permission.Name(),
        };

        public Grant ToGrant() => new(Kind, Thing, new Principal(Enum.Parse<PrincipalKind>(PrincipalKind), PrincipalId), PermissionNames.Parse(Permission).Value);
    }
}
