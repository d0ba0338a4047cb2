using Dapper;
using Mtl.Core;
using Mtl.Tracking.Collaboration;
using Mtl.Tracking.Tags;

namespace Mtl.Storage.Relational;

internal sealed class CommentStore(IDatabase database) : ICommentStore
{
    private const string Columns = "id, kind, owner_id, author, text, created_at, edited_at";

    public Task<Result<Comment>> AddAsync(Comment comment, CancellationToken cancellation = default) => database.WriteAsync<Result<Comment>>(
        connection =>
        {
            if (connection.ExecuteScalar<long>("SELECT count(*) FROM comments WHERE id = @Id", comment) > 0)
                return Failures.Exists("comment", comment.Id);
            connection.Execute($"INSERT INTO comments ({Columns}) VALUES (@Id, @Kind, @OwnerId, @Author, @Text, @CreatedAt, @EditedAt)", Row.Of(comment));
            return comment;
        },
        cancellation);

    public Task<Result<Comment>> GetAsync(string id, CancellationToken cancellation = default) => database.ReadAsync<Result<Comment>>(
        connection => connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM comments WHERE id = @id", new { id }) is { } row
            ? row.ToComment()
            : Failures.NotFound("comment", id),
        cancellation);

    public Task<Result<Comment>> EditAsync(string id, string text, DateTimeOffset at, CancellationToken cancellation = default) => database.WriteAsync<Result<Comment>>(
        connection => connection.QuerySingleOrDefault<Row>($"UPDATE comments SET text = @text, edited_at = @at WHERE id = @id RETURNING {Columns}", new { id, text, at = at.UtcTicks }) is { } row
            ? row.ToComment()
            : Failures.NotFound("comment", id),
        cancellation);

    public Task<Result<bool>> RemoveAsync(string id, CancellationToken cancellation = default) => database.WriteAsync<Result<bool>>(
        connection => connection.Execute("DELETE FROM comments WHERE id = @id", new { id }) == 1 ? true : Failures.NotFound("comment", id),
        cancellation);

    public Task<IReadOnlyList<Comment>> ListAsync(TagOwner on, int limit, string? after = null, CancellationToken cancellation = default) => database.ReadAsync<IReadOnlyList<Comment>>(
        connection =>
        [
            .. connection.Query<Row>(
                $"""
                SELECT {Columns} FROM comments
                WHERE kind = @kind AND owner_id = @id {(after is null ? "" : "AND no > (SELECT no FROM comments WHERE id = @after)")}
                ORDER BY no LIMIT @limit
                """,
                new { kind = $"{on.Kind}", id = on.Id, limit, after }).Select(row => row.ToComment()),
        ],
        cancellation);

    private sealed class Row
    {
        public required string Id { get; init; }

        public required string Kind { get; init; }

        public required string OwnerId { get; init; }

        public required string Author { get; init; }

        public required string Text { get; init; }

        public required long CreatedAt { get; init; }

        public long? EditedAt { get; init; }

        public static Row Of(Comment comment) => new()
        {
            Id = comment.Id,
            Kind = $"{comment.On.Kind}",
            OwnerId = comment.On.Id,
            Author = comment.Author,
            Text = comment.Text,
            CreatedAt = comment.CreatedAt.UtcTicks,
            EditedAt = comment.EditedAt?.UtcTicks,
        };

        public Comment ToComment() => new(Id, new TagOwner(Enum.Parse<TagOwnerKind>(Kind), OwnerId), Author, Text, CreatedAt.ToTime(), EditedAt.ToTime());
    }
}
