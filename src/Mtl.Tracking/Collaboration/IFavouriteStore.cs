using Mtl.Tracking.Tags;

namespace Mtl.Tracking.Collaboration;

/// <summary>What each user keeps at hand. Thread-safe.</summary>
public interface IFavouriteStore
{
    /// <summary>Marks or unmarks; the same again changes nothing.</summary>
    /// <param name="user">Account name; empty for whoever uses a platform without accounts.</param>
    Task SetAsync(string user, TagOwner what, bool isFavourite, DateTimeOffset at, CancellationToken cancellation = default);

    /// <summary>The user's favourites of one kind, the last marked first.</summary>
    Task<IReadOnlyList<string>> OfAsync(string user, TagOwnerKind kind, CancellationToken cancellation = default);
}
