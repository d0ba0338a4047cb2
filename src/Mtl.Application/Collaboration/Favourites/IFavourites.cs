using Mtl.Core;
using Mtl.Tracking.Tags;

namespace Mtl.Application.Collaboration.Favourites;

/// <summary>What the caller keeps at hand. Everybody has their own; whoever may read a thing may mark it.</summary>
public interface IFavourites
{
    Task<Result<bool>> SetAsync(TagOwner record, bool isFavourite, CancellationToken cancellation = default);

    /// <summary>Ids of the caller's favourites of one kind that the caller may read, the last marked first.</summary>
    Task<IReadOnlyList<string>> OfAsync(TagOwnerKind kind, CancellationToken cancellation = default);
}
