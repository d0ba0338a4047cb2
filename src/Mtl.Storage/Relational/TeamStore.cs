using System.Data.Common;
using Dapper;
using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Storage.Relational;

internal sealed class TeamStore(IDatabase database) : ITeamStore
{
    public Task<Result<Team>> AddAsync(Team team, CancellationToken cancellation = default) => database.WriteAsync<Result<Team>>(
        connection => Unknown(connection, team) is { } unknown
            ? Failures.NotFound("user", unknown)
            : connection.Execute("INSERT INTO teams (id, name, name_key, created_at) VALUES (@Id, @Name, @NameKey, @CreatedAt) ON CONFLICT DO NOTHING", Row.Of(team)) == 1
                ? WithMembers(connection, team)
                : Taken(team),
        cancellation);

    public Task<Result<Team>> UpdateAsync(Team team, CancellationToken cancellation = default) => database.WriteAsync<Result<Team>>(
        connection =>
        {
            if (Unknown(connection, team) is { } unknown)
                return Failures.NotFound("user", unknown);
            if (connection.ExecuteScalar<long>("SELECT count(*) FROM teams WHERE name_key = @NameKey AND id <> @Id", Row.Of(team)) > 0)
                return Taken(team);
            if (connection.Execute("UPDATE teams SET name = @Name, name_key = @NameKey WHERE id = @Id", Row.Of(team)) == 0)
                return Failures.NotFound("team", team.Id);
            connection.Execute("DELETE FROM team_members WHERE team_id = @Id", new { team.Id });
            return WithMembers(connection, team);
        },
        cancellation);

    public Task<Result<bool>> RemoveAsync(string id, CancellationToken cancellation = default) => database.WriteAsync<Result<bool>>(
        connection =>
        {
            connection.Execute("DELETE FROM grants WHERE principal_kind = 'Team' AND principal_id = @id", new { id });
            return connection.Execute("DELETE FROM teams WHERE id = @id", new { id }) == 1 ? true : Failures.NotFound("team", id);
        },
        cancellation);

    public Task<IReadOnlyList<Team>> ListAsync(CancellationToken cancellation = default) => database.ReadAsync<IReadOnlyList<Team>>(
        connection =>
        {
            var members = connection.Query<Member>("SELECT m.team_id, m.user_id FROM team_members m JOIN users u ON u.id = m.user_id ORDER BY u.name_key").ToLookup(member => member.TeamId, member => member.UserId);
            return [.. connection.Query<Row>("SELECT id, name, name_key, created_at FROM teams ORDER BY name_key")
                .Select(row => new Team(row.Id, row.Name, row.CreatedAt.ToTime(), [.. members[row.Id]]))];
        },
        cancellation);

    private static Error Taken(Team team) => Error.Conflict($"There is a team '{team.Name}' already.", "Choose another name.");

    private static string? Unknown(DbConnection connection, Team team) =>
        team.Members.FirstOrDefault(id => connection.ExecuteScalar<long>("SELECT count(*) FROM users WHERE id = @id", new { id }) == 0);

    private static Team WithMembers(DbConnection connection, Team team)
    {
        foreach (var member in team.Members.Distinct())
            connection.Execute("INSERT INTO team_members (team_id, user_id) VALUES (@Id, @member)", new { team.Id, member });
        return team;
    }

    private sealed class Row
    {
        public required string Id { get; init; }

        public required string Name { get; init; }

        public required string NameKey { get; init; }

        public required long CreatedAt { get; init; }

        public static Row Of(Team team) => new() { Id = team.Id, Name = team.Name, NameKey = UserName.Key(team.Name), CreatedAt = team.CreatedAt.UtcTicks };
    }

    private sealed class Member
    {
        public required string TeamId { get; init; }

        public required string UserId { get; init; }
    }
}
