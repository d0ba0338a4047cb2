using System.Data.Common;
using Dapper;
using Mtl.Core;
using Mtl.Tracking.Tags;

namespace Mtl.Storage.Relational;

internal sealed class TagStore(IDatabase database) : ITagStore
{
    public Task SetAsync(TagOwner owner, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default) =>
        database.WriteAsync(connection => Set(connection, owner, tags), cancellation);

    public Task<Result<string>> ChangeAsync(TagOwner owner, string key, string initial, Func<string, Result<string>> change, CancellationToken cancellation = default) => database.WriteAsync(
        connection =>
        {
            // Written before it is read: the row is this transaction's until it ends, whether it was there or not.
            var value = connection.ExecuteScalar<string>(
                """
                INSERT INTO tags (kind, owner_id, key, value) VALUES (@kind, @Id, @key, @initial)
                ON CONFLICT (kind, owner_id, key) DO UPDATE SET value = tags.value RETURNING value
                """,
                new { kind = $"{owner.Kind}", owner.Id, key, initial });
            var changed = change(value!);
            if (changed.IsSuccess)
                Set(connection, owner, new Dictionary<string, string> { [key] = changed.Value });
            return changed;
        },
        cancellation);

    public Task<bool> DeleteAsync(TagOwner owner, string key, CancellationToken cancellation = default) => database.WriteAsync(
        connection => connection.Execute("DELETE FROM tags WHERE kind = @kind AND owner_id = @Id AND key = @key", new { kind = $"{owner.Kind}", owner.Id, key }) == 1,
        cancellation);

    public Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> OfAsync(
        TagOwnerKind kind, IReadOnlyCollection<string> ids, CancellationToken cancellation = default) => database.ReadAsync(connection => Of(connection, kind, ids), cancellation);

    /// <summary>Within the caller's transaction. In the order of keys, so that two writers never wait for each other.</summary>
    public static int Set(DbConnection connection, TagOwner owner, IReadOnlyDictionary<string, string> tags) => connection.Execute(
        """
        INSERT INTO tags (kind, owner_id, key, value) VALUES (@kind, @Id, @Key, @Value)
        ON CONFLICT (kind, owner_id, key) DO UPDATE SET value = excluded.value
        """,
        tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => new { kind = $"{owner.Kind}", owner.Id, tag.Key, tag.Value }));

    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Of(DbConnection connection, TagOwnerKind kind, IEnumerable<string> ids)
    {
        var owners = ids.Distinct().ToArray();
        var tags = Batches.Query<(string Owner, string Key, string Value)>(connection, $"SELECT owner_id, key, value FROM tags WHERE kind = '{kind}' AND owner_id IN @ids", owners)
            .ToLookup(row => row.Owner);
        return owners.ToDictionary(id => id, id => (IReadOnlyDictionary<string, string>)tags[id].ToDictionary(row => row.Key, row => row.Value));
    }

    /// <summary>Takes all tags of a record away, within the caller's transaction.</summary>
    public static void Remove(DbConnection connection, TagOwner owner) =>
        connection.Execute("DELETE FROM tags WHERE kind = @kind AND owner_id = @Id", new { kind = $"{owner.Kind}", owner.Id });
}
