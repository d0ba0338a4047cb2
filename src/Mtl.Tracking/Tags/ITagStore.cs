using Mtl.Core;

namespace Mtl.Tracking.Tags;

/// <summary>The tags of all records that carry some. Thread-safe. Whether the owner exists is the caller's to see to.</summary>
public interface ITagStore
{
    /// <summary>Sets tags, all or none; a tag of the same key is replaced.</summary>
    Task SetAsync(TagOwner owner, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default);

    /// <summary>
    /// Makes a tag's value of the one that it has (<paramref name="initial"/> where there is none), so that no other write comes between; what <paramref name="change"/> refuses stays as it was.
    /// It may be called more than once and must do nothing but compute.
    /// </summary>
    Task<Result<string>> ChangeAsync(TagOwner owner, string key, string initial, Func<string, Result<string>> change, CancellationToken cancellation = default);

    /// <summary>Takes a tag away; false when there was none.</summary>
    Task<bool> DeleteAsync(TagOwner owner, string key, CancellationToken cancellation = default);

    /// <summary>Tags by owner id, for owners of one kind; an owner without tags has an empty dictionary.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> OfAsync(TagOwnerKind kind, IReadOnlyCollection<string> ids, CancellationToken cancellation = default);
}
