using Dapper;
using Mtl.Core;
using Mtl.Tracking.Models;

namespace Mtl.Storage.Sqlite;

internal sealed class SqliteModelStore(SqliteDatabase database) : IModelStore
{
    private const string Columns = "name, version, run_id, file, parity_error, sha256, created_at";

    public Task<ModelVersion> AddAsync(ModelVersion version, CancellationToken cancellation = default) => database.WriteAsync(
        connection =>
        {
            if (connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM model_versions WHERE run_id = @RunId", version) is { } registered)
                return registered.ToModelVersion();
            var next = 1 + connection.ExecuteScalar<int>("SELECT coalesce(max(version), 0) FROM model_versions WHERE name = @Name", version);
            var added = version with { Version = next };
            connection.Execute($"INSERT INTO model_versions ({Columns}) VALUES (@Name, @Version, @RunId, @File, @ParityError, @Sha256, @CreatedAt)", Row.Of(added));
            return added;
        },
        cancellation);

    public Task<Result<ModelVersion>> GetAsync(string name, int version, CancellationToken cancellation = default) => database.ReadAsync<Result<ModelVersion>>(
        connection => connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM model_versions WHERE name = @name AND version = @version", new { name, version }) is { } row
            ? row.ToModelVersion()
            : NoSuchVersion(name, version),
        cancellation);

    public Task<IReadOnlyList<ModelVersion>> ListAsync(string? name = null, CancellationToken cancellation = default) => database.ReadAsync<IReadOnlyList<ModelVersion>>(
        connection => [.. connection.Query<Row>(
                $"SELECT {Columns} FROM model_versions {(name is null ? "" : "WHERE name = @name")} ORDER BY name, version DESC", new { name })
            .Select(row => row.ToModelVersion())],
        cancellation);

    public Task<Result<bool>> SetAliasAsync(string name, string alias, int? version, CancellationToken cancellation = default) => database.WriteAsync<Result<bool>>(
        connection =>
        {
            var arguments = new { name, alias, version };
            if (version is null)
                return connection.Execute("DELETE FROM model_aliases WHERE name = @name AND alias = @alias", arguments) == 1;
            if (connection.ExecuteScalar<long>("SELECT count(*) FROM model_versions WHERE name = @name AND version = @version", arguments) == 0)
                return NoSuchVersion(name, version.Value);
            return connection.Execute("INSERT OR REPLACE INTO model_aliases (name, alias, version) VALUES (@name, @alias, @version)", arguments) == 1;
        },
        cancellation);

    public Task<IReadOnlyDictionary<string, int>> AliasesAsync(string name, CancellationToken cancellation = default) => database.ReadAsync<IReadOnlyDictionary<string, int>>(
        connection => connection.Query<(string Alias, int Version)>("SELECT alias, version FROM model_aliases WHERE name = @name", new { name })
            .ToDictionary(row => row.Alias, row => row.Version),
        cancellation);

    private static Error NoSuchVersion(string name, int version) =>
        Error.NotFound($"The model '{name}' has no version {version}.", "List the model's versions to see which exist.");

    private sealed class Row
    {
        public required string Name { get; init; }

        public required int Version { get; init; }

        public required string RunId { get; init; }

        public required string File { get; init; }

        public required double ParityError { get; init; }

        public required string Sha256 { get; init; }

        public required long CreatedAt { get; init; }

        public static Row Of(ModelVersion version) => new()
        {
            Name = version.Name,
            Version = version.Version,
            RunId = version.RunId,
            File = version.File,
            ParityError = version.ParityError,
            Sha256 = version.Sha256,
            CreatedAt = version.CreatedAt.UtcTicks,
        };

        public ModelVersion ToModelVersion() => new(Name, Version, RunId, File, ParityError, Sha256, CreatedAt.ToTime());
    }
}
