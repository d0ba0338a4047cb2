using Dapper;
using Mtl.Tracking.Collaboration;
using Mtl.Tracking.Tags;

namespace Mtl.Storage.Relational;

internal sealed class FavouriteStore(IDatabase database) : IFavouriteStore
{
    public Task SetAsync(string user, TagOwner what, bool isFavourite, DateTimeOffset at, CancellationToken cancellation = default) => database.WriteAsync(
        connection => connection.Execute(
            isFavourite
                ? "INSERT INTO favourites (user_name, kind, owner_id, created_at) VALUES (@user, @kind, @id, @at) ON CONFLICT DO NOTHING"
                : "DELETE FROM favourites WHERE user_name = @user AND kind = @kind AND owner_id = @id",
            new { user, kind = $"{what.Kind}", id = what.Id, at = at.UtcTicks }),
        cancellation);

    public Task<IReadOnlyList<string>> OfAsync(string user, TagOwnerKind kind, CancellationToken cancellation = default) => database.ReadAsync<IReadOnlyList<string>>(
        connection =>
        [
            .. connection.Query<string>(
                "SELECT owner_id FROM favourites WHERE user_name = @user AND kind = @kind ORDER BY created_at DESC, owner_id", new { user, kind = $"{kind}" }),
        ],
        cancellation);
}
