using Mtl.Core;
using Mtl.Tracking.Tags;

namespace Mtl.Tracking.Collaboration;

/// <summary>Comments. Thread-safe. Whether what they are on exists is the caller's to see to.</summary>
public interface ICommentStore
{
    Task<Result<Comment>> AddAsync(Comment comment, CancellationToken cancellation = default);

    Task<Result<Comment>> GetAsync(string id, CancellationToken cancellation = default);

    Task<Result<Comment>> EditAsync(string id, string text, DateTimeOffset at, CancellationToken cancellation = default);

    Task<Result<bool>> RemoveAsync(string id, CancellationToken cancellation = default);

    /// <summary>The oldest first: at most <paramref name="limit"/>, those after <paramref name="after"/> (a comment's id; null: from the first).</summary>
    Task<IReadOnlyList<Comment>> ListAsync(TagOwner on, int limit, string? after = null, CancellationToken cancellation = default);
}
