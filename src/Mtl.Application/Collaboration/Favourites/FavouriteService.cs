using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Tracking.Collaboration;
using Mtl.Tracking.Tags;

namespace Mtl.Application.Collaboration.Favourites;

/// <inheritdoc cref="IFavourites"/>
internal sealed class FavouriteService(Records records, IFavouriteStore favourites, IAccess access, TimeProvider time) : IFavourites
{
    public async Task<Result<bool>> SetAsync(TagOwner record, bool isFavourite, CancellationToken cancellation = default)
    {
        if (await records.RefuseAsync(Permission.Read, record, cancellation) is { } refusal)
            return refusal;
        if (await access.RefuseAsync(Permission.Edit, Resource.Platform, cancellation) is { } reading)
            return reading;
        await favourites.SetAsync(access.Caller.Name, record, isFavourite, time.GetUtcNow(), cancellation);
        return isFavourite;
    }

    public async Task<IReadOnlyList<string>> OfAsync(TagOwnerKind kind, CancellationToken cancellation = default)
    {
        var marked = await favourites.OfAsync(access.Caller.Name, kind, cancellation);
        if (marked.Count == 0)
            return marked;
        var isReadable = await access.ReadableAsync(KindOf(kind), cancellation);
        return [.. marked.Where(id => isReadable(kind == TagOwnerKind.ModelVersion ? Records.Version(new TagOwner(kind, id)).Name : id))];
    }

    private static ResourceKind KindOf(TagOwnerKind kind) => kind switch
    {
        TagOwnerKind.Experiment => ResourceKind.Experiment,
        TagOwnerKind.Run => ResourceKind.Run,
        TagOwnerKind.RegisteredModel or TagOwnerKind.ModelVersion => ResourceKind.RegisteredModel,
        TagOwnerKind.LoggedModel => ResourceKind.LoggedModel,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
