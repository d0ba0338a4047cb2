using Mtl.Core;
using Mtl.Tracking.Collaboration;
using Mtl.Tracking.Tags;

namespace Mtl.Application.Collaboration.Comments;

/// <summary>What people say of a record, in Markdown. Whoever may edit it may comment on it; a comment is changed by its author, and removed by its author or by whoever manages the record.</summary>
public interface IComments
{
    /// <summary>The oldest first.</summary>
    Task<Result<IReadOnlyList<Comment>>> ListAsync(TagOwner record, int limit = 200, string? after = null, CancellationToken cancellation = default);

    Task<Result<Comment>> AddAsync(TagOwner record, string text, CancellationToken cancellation = default);

    Task<Result<Comment>> EditAsync(string id, string text, CancellationToken cancellation = default);

    Task<Result<bool>> RemoveAsync(string id, CancellationToken cancellation = default);

    /// <summary>Whether the caller wrote it.</summary>
    bool IsMine(Comment comment);
}
