using Dapper;
using Mtl.Tracking.People;

namespace Mtl.Storage.Relational;

internal sealed class AuditStore(IDatabase database) : IAuditStore
{
    public Task AppendAsync(AuditEntry entry, CancellationToken cancellation = default) => database.WriteAsync(
        connection => connection.Execute(
            """
            INSERT INTO audit (happened_at, user_id, who, who_key, came_by, action, thing, detail, address, request_id)
            VALUES (@At, @UserId, @Who, @WhoKey, @By, @Action, @Thing, @Detail, @Address, @RequestId)
            """,
            new
            {
                At = entry.At.UtcTicks, entry.UserId, entry.Who, WhoKey = UserName.Key(entry.Who), entry.By, entry.Action, entry.Thing, entry.Detail, entry.Address, entry.RequestId,
            }),
        cancellation);

    public Task<IReadOnlyList<AuditEntry>> ReadAsync(AuditFilter filter, CancellationToken cancellation = default)
    {
        var conditions = new List<string>();
        if (filter.Who.Length > 0)
            conditions.Add("who_key = @Who");
        if (filter.Action.Length > 0)
            conditions.Add("substr(action, 1, length(@Action)) = @Action");
        if (filter.Thing.Length > 0)
            conditions.Add("substr(thing, 1, length(@Thing)) = @Thing");
        if (filter.From is not null)
            conditions.Add("happened_at >= @From");
        if (filter.Until is not null)
            conditions.Add("happened_at < @Until");
        if (filter.Before is not null)
            conditions.Add("id < @Before");

        var where = conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)}";
        var values = new
        {
            Who = UserName.Key(filter.Who), filter.Action, filter.Thing, From = filter.From?.UtcTicks, Until = filter.Until?.UtcTicks, filter.Before, filter.Limit,
        };
        return database.ReadAsync<IReadOnlyList<AuditEntry>>(
            connection => [.. connection.Query<Row>(
                $"SELECT id, happened_at, user_id, who, came_by, action, thing, detail, address, request_id FROM audit {where} ORDER BY id DESC LIMIT @Limit", values).Select(row => row.ToEntry())],
            cancellation);
    }

    private sealed class Row
    {
        public required long Id { get; init; }

        public required long HappenedAt { get; init; }

        public required string UserId { get; init; }

        public required string Who { get; init; }

        public required string CameBy { get; init; }

        public required string Action { get; init; }

        public required string Thing { get; init; }

        public required string Detail { get; init; }

        public required string Address { get; init; }

        public required string RequestId { get; init; }

        public AuditEntry ToEntry() => new(Id, HappenedAt.ToTime(), UserId, Who, CameBy, Action, Thing, Detail, Address, RequestId);
    }
}
