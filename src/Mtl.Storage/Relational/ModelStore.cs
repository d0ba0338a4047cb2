using System.Data.Common;
using Dapper;
using Mtl.Core;
using Mtl.Tracking.Models;

namespace Mtl.Storage.Relational;

internal sealed class ModelStore(IDatabase database) : IModelStore
{
    public Task<ModelVersion> AddAsync(ModelVersion version, CancellationToken cancellation = default) => database.WriteAsync(
        connection =>
        {
            if (ExportOf(connection, version.RunId) is { } registered)
                return registered;
            connection.Execute(
                "INSERT INTO registered_models (name, description, created_at, updated_at, last_version) VALUES (@Name, '', @at, @at, 0) ON CONFLICT (name) DO NOTHING",
                new { version.Name, at = version.CreatedAt.UtcTicks });
            return ModelRegistry.AddVersion(connection, version) ?? throw new InvalidOperationException($"The model '{version.Name}' went while a version of it was added.");
        },
        cancellation);

    public Task<Result<ModelVersion>> GetAsync(string name, int version, CancellationToken cancellation = default) => database.ReadAsync<Result<ModelVersion>>(
        connection => ModelRegistry.FindVersion(connection, name, version) is { } found ? found : ModelRegistry.NoSuchVersion(name, version),
        cancellation);

    public Task<ModelVersion?> ExportOfAsync(string runId, CancellationToken cancellation = default) => database.ReadAsync(connection => ExportOf(connection, runId), cancellation);

    public Task<IReadOnlyList<ModelVersion>> ListAsync(string? name = null, CancellationToken cancellation = default) => database.ReadAsync<IReadOnlyList<ModelVersion>>(
        connection => [.. connection.Query<ModelVersionRow>(
                $"SELECT {ModelVersionRow.Columns} FROM model_versions {(name is null ? "" : "WHERE name = @name")} ORDER BY name, version DESC", new { name })
            .Select(row => row.ToModelVersion())],
        cancellation);

    public Task<Result<bool>> SetAliasAsync(string name, string alias, int? version, CancellationToken cancellation = default) => database.WriteAsync<Result<bool>>(
        connection =>
        {
            var arguments = new { name, alias, version };
            if (version is null)
                return connection.Execute("DELETE FROM model_aliases WHERE name = @name AND alias = @alias", arguments) == 1;
            if (ModelRegistry.FindVersion(connection, name, version.Value) is null)
                return ModelRegistry.NoSuchVersion(name, version.Value);
            return connection.Execute(
                "INSERT INTO model_aliases (name, alias, version) VALUES (@name, @alias, @version) ON CONFLICT (name, alias) DO UPDATE SET version = excluded.version", arguments) == 1;
        },
        cancellation);

    public Task<IReadOnlyDictionary<string, int>> AliasesAsync(string name, CancellationToken cancellation = default) => database.ReadAsync<IReadOnlyDictionary<string, int>>(
        connection => connection.Query<(string Alias, int Version)>("SELECT alias, version FROM model_aliases WHERE name = @name", new { name })
            .ToDictionary(row => row.Alias, row => row.Version),
        cancellation);

    /// <summary>Along the index <c>exports_of_runs</c>, which holds at most one of each run.</summary>
    private static ModelVersion? ExportOf(DbConnection connection, string runId) => connection.QuerySingleOrDefault<ModelVersionRow>(
        $"SELECT {ModelVersionRow.Columns} FROM model_versions WHERE run_id = @runId AND file <> ''", new { runId })?.ToModelVersion();
}
