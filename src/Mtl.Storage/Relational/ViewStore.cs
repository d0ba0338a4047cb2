using System.Data.Common;
using Dapper;
using Mtl.Core;
using Mtl.Tracking.Collaboration;

namespace Mtl.Storage.Relational;

internal sealed class ViewStore(IDatabase database) : IViewStore
{
    private const string Columns = "id, experiment_id, name, query, created_by, created_at, updated_at";

    public Task<Result<SavedView>> AddAsync(SavedView view, CancellationToken cancellation = default) => database.WriteAsync<Result<SavedView>>(
        connection =>
        {
            if (NameTaken(connection, view) is { } taken)
                return taken;
            connection.Execute($"INSERT INTO saved_views ({Columns}) VALUES (@Id, @ExperimentId, @Name, @Query, @CreatedBy, @CreatedAt, @UpdatedAt)", Row.Of(view));
            return view;
        },
        cancellation);

    public Task<Result<SavedView>> UpdateAsync(SavedView view, CancellationToken cancellation = default) => database.WriteAsync<Result<SavedView>>(
        connection =>
        {
            if (NameTaken(connection, view) is { } taken)
                return taken;
            return connection.Execute("UPDATE saved_views SET name = @Name, query = @Query, updated_at = @UpdatedAt WHERE id = @Id", Row.Of(view)) == 1
                ? view
                : Failures.NotFound("view", view.Id);
        },
        cancellation);

    public Task<Result<SavedView>> GetAsync(string id, CancellationToken cancellation = default) => database.ReadAsync<Result<SavedView>>(
        connection => connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM saved_views WHERE id = @id", new { id }) is { } row
            ? row.ToView()
            : Failures.NotFound("view", id),
        cancellation);

    public Task<IReadOnlyList<SavedView>> ListAsync(string experimentId, CancellationToken cancellation = default) => database.ReadAsync<IReadOnlyList<SavedView>>(
        connection => [.. connection.Query<Row>($"SELECT {Columns} FROM saved_views WHERE experiment_id = @experimentId ORDER BY name", new { experimentId }).Select(row => row.ToView())],
        cancellation);

    public Task<Result<bool>> RemoveAsync(string id, CancellationToken cancellation = default) => database.WriteAsync<Result<bool>>(
        connection => connection.Execute("DELETE FROM saved_views WHERE id = @id", new { id }) == 1 ? true : Failures.NotFound("view", id),
        cancellation);

    private static Error? NameTaken(DbConnection connection, SavedView view) =>
        connection.ExecuteScalar<long>("SELECT count(*) FROM saved_views WHERE experiment_id = @ExperimentId AND name = @Name AND id <> @Id", view) > 0
            ? Error.Conflict($"The experiment has a view named '{view.Name}' already.", "Choose another name, or save that view anew.")
            : null;

    private sealed class Row
    {
        public required string Id { get; init; }

        public required string ExperimentId { get; init; }

        public required string Name { get; init; }

        public required string Query { get; init; }

        public required string CreatedBy { get; init; }

        public required long CreatedAt { get; init; }

        public required long UpdatedAt { get; init; }

        public static Row Of(SavedView view) => new()
        {
            Id = view.Id,
            ExperimentId = view.ExperimentId,
            Name = view.Name,
            Query = view.Query,
            CreatedBy = view.CreatedBy,
            CreatedAt = view.CreatedAt.UtcTicks,
            UpdatedAt = view.UpdatedAt.UtcTicks,
        };

        public SavedView ToView() => new(Id, ExperimentId, Name, Query, CreatedBy, CreatedAt.ToTime(), UpdatedAt.ToTime());
    }
}
