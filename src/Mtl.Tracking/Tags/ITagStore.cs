namespace Mtl.Tracking.Tags;

/// <summary>The tags of all records that carry some. Thread-safe. Whether the owner exists is the caller's to see to.</summary>
public interface ITagStore
{
    /// <summary>Sets tags, all or none; a tag of the same key is replaced.</summary>
    Task SetAsync(TagOwner owner, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default);

    /// <summary>Takes a tag away; false when there was none.</summary>
    Task<bool> DeleteAsync(TagOwner owner, string key, CancellationToken cancellation = default);

    /// <summary>Tags by owner id, for owners of one kind; an owner without tags has an empty dictionary.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> OfAsync(TagOwnerKind kind, IReadOnlyCollection<string> ids, CancellationToken cancellation = default);
}
