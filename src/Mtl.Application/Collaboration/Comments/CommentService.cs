using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Tracking.Collaboration;
using Mtl.Tracking.Tags;

namespace Mtl.Application.Collaboration.Comments;

/// <inheritdoc cref="IComments"/>
internal sealed class CommentService(Records records, ICommentStore comments, IAccess access, TimeProvider time) : IComments
{
    private const int MostListed = 1000;

    public async Task<Result<IReadOnlyList<Comment>>> ListAsync(TagOwner record, int limit = 200, string? after = null, CancellationToken cancellation = default) =>
        await records.RefuseAsync(Permission.Read, record, cancellation) is { } refusal
            ? refusal
            : Result.Of(await comments.ListAsync(record, Math.Clamp(limit, 1, MostListed), after, cancellation));

    public async Task<Result<Comment>> AddAsync(TagOwner record, string text, CancellationToken cancellation = default)
    {
        if (TextRules.Refuse("comment", text, TextRules.LongestComment, "text") is { } wrong)
            return wrong;
        if (await records.RefuseAsync(Permission.Edit, record, cancellation) is { } refusal)
            return refusal;
        var now = time.GetUtcNow();
        return await comments.AddAsync(new Comment(Guid.CreateVersion7(now).ToString("N"), record, access.Caller.Name, text, now, null), cancellation);
    }

    public async Task<Result<Comment>> EditAsync(string id, string text, CancellationToken cancellation = default)
    {
        if (TextRules.Refuse("comment", text, TextRules.LongestComment, "text") is { } wrong)
            return wrong;
        var found = await FindAsync(id, Permission.Edit, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        return IsMine(found.Value)
            ? await comments.EditAsync(id, text, time.GetUtcNow(), cancellation)
            : Error.Forbidden($"The comment is {found.Value.Author}'s; only its author changes it.", "Write one of your own.");
    }

    public async Task<Result<bool>> RemoveAsync(string id, CancellationToken cancellation = default)
    {
        var found = await FindAsync(id, Permission.Edit, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        if (!IsMine(found.Value) && await records.RefuseAsync(Permission.Manage, found.Value.On, cancellation) is { } refusal)
            return refusal;
        return await comments.RemoveAsync(id, cancellation);
    }

    public bool IsMine(Comment comment) => comment.Author == access.Caller.Name;

    /// <summary>The comment, if the caller has that permission on what it is on; what the caller may not know of is not found.</summary>
    private async Task<Result<Comment>> FindAsync(string id, Permission needed, CancellationToken cancellation)
    {
        var found = await comments.GetAsync(id, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        return await records.RefuseAsync(needed, found.Value.On, cancellation) is { } refusal
            ? refusal.Kind == ErrorKind.NotFound ? Error.NotFound($"There is no comment '{id}'.", "List the comments to see which exist.") : refusal
            : found;
    }
}
