using Mtl.Core;
using Mtl.Tracking.Tags;

namespace Mtl.Application.Collaboration.Tags;

/// <summary>Tags that people read and set.</summary>
public interface ITagging
{
    /// <summary>All tags, those of clients' own bookkeeping (<c>mlflow.…</c>) among them.</summary>
    Task<Result<IReadOnlyDictionary<string, string>>> GetAsync(TagOwner record, CancellationToken cancellation = default);

    /// <summary>Sets a tag; one of the same key is replaced. Keys that begin with <c>mlflow.</c> are the clients'.</summary>
    Task<Result<string>> SetAsync(TagOwner record, string key, string value, CancellationToken cancellation = default);

    /// <summary>Takes a tag away; false when there was none.</summary>
    Task<Result<bool>> DeleteAsync(TagOwner record, string key, CancellationToken cancellation = default);
}
