using System.Data.Common;
using Dapper;
using Mtl.Tracking.People;

namespace Mtl.Storage.Relational;

internal sealed class OriginStore(IDatabase database) : IOriginStore
{
    private const string OfModels = "SELECT DISTINCT v.name, r.experiment_id FROM model_versions v JOIN runs r ON r.id = v.run_id";

    private static readonly Dictionary<string, string> Tables = new() { [Things.Experiment] = "experiments", [Things.Dataset] = "datasets" };

    public Task<string?> ExperimentOfRunAsync(string runId, CancellationToken cancellation = default) =>
        database.QueryAsync(connection => connection.QuerySingleOrDefault<string>("SELECT experiment_id FROM runs WHERE id = @runId", new { runId }), cancellation);

    public Task<string?> ExperimentOfLoggedModelAsync(string modelId, CancellationToken cancellation = default) =>
        database.QueryAsync(connection => connection.QuerySingleOrDefault<string>("SELECT experiment_id FROM logged_models WHERE id = @modelId", new { modelId }), cancellation);

    public Task<IReadOnlyList<string>?> ExperimentsOfModelAsync(string name, CancellationToken cancellation = default) => database.ReadAsync<IReadOnlyList<string>?>(
        connection => IsThere(connection, "registered_models", "name", name) ? [.. connection.Query<Row>($"{OfModels} WHERE v.name = @name", new { name }).Select(row => row.ExperimentId)] : null,
        cancellation);

    public Task<ILookup<string, string>> ExperimentsOfModelsAsync(CancellationToken cancellation = default) =>
        database.ReadAsync(connection => connection.Query<Row>(OfModels).ToLookup(row => row.Name, row => row.ExperimentId), cancellation);

    public Task<bool> ExistsAsync(string kind, string id, CancellationToken cancellation = default) => database.ReadAsync(connection => IsThere(connection, Tables[kind], "id", id), cancellation);

    private static bool IsThere(DbConnection connection, string table, string column, string value) =>
        connection.Query<int>($"SELECT 1 FROM {table} WHERE {column} = @value", new { value }).Any();

    private sealed class Row
    {
        public required string Name { get; init; }

        public required string ExperimentId { get; init; }
    }
}
