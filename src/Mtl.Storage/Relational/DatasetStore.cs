using Dapper;
using Mtl.Core;
using Mtl.Tracking.Datasets;

namespace Mtl.Storage.Relational;

internal sealed class DatasetStore(IDatabase database) : IDatasetStore
{
    private const string Columns = "id, name, path, is_owned, bytes, sha256, rows, columns, created_at";

    public Task AddAsync(Dataset dataset, CancellationToken cancellation = default) => database.WriteAsync(
        connection => connection.Execute(
            $"INSERT INTO datasets ({Columns}) VALUES (@Id, @Name, @Path, @IsOwned, @Bytes, @Sha256, @Rows, @Columns, @CreatedAt)", Row.Of(dataset)),
        cancellation);

    public Task<Result<Dataset>> GetAsync(string id, CancellationToken cancellation = default) => database.ReadAsync<Result<Dataset>>(
        connection => connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM datasets WHERE id = @id", new { id }) is { } row
            ? row.ToDataset()
            : Failures.NotFound("dataset", id),
        cancellation);

    public Task<IReadOnlyList<Dataset>> ListAsync(CancellationToken cancellation = default) => database.ReadAsync<IReadOnlyList<Dataset>>(
        connection => [.. connection.Query<Row>($"SELECT {Columns} FROM datasets ORDER BY created_at DESC, no DESC").Select(row => row.ToDataset())],
        cancellation);

    public Task<Result<bool>> RemoveAsync(string id, CancellationToken cancellation = default) => database.WriteAsync<Result<bool>>(
        connection => connection.Execute("DELETE FROM datasets WHERE id = @id", new { id }) == 1 ? true : Failures.NotFound("dataset", id),
        cancellation);

    private sealed class Row
    {
        public required string Id { get; init; }

        public required string Name { get; init; }

        public required string Path { get; init; }

        public required bool IsOwned { get; init; }

        public required long Bytes { get; init; }

        public required string Sha256 { get; init; }

        public required long Rows { get; init; }

        public required int Columns { get; init; }

        public required long CreatedAt { get; init; }

        public static Row Of(Dataset dataset) => new()
        {
            Id = dataset.Id,
            Name = dataset.Name,
            Path = dataset.Path,
            IsOwned = dataset.IsOwned,
            Bytes = dataset.Bytes,
            Sha256 = dataset.Sha256,
            Rows = dataset.Rows,
            Columns = dataset.Columns,
            CreatedAt = dataset.CreatedAt.UtcTicks,
        };

        public Dataset ToDataset() => new(Id, Name, Path, IsOwned, Bytes, Sha256, Rows, Columns, CreatedAt.ToTime());
    }
}
