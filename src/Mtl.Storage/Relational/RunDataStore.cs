using System.Data.Common;
using System.Text.Json;
using Dapper;
using Mtl.Core;
using Mtl.Tracking;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Tags;

namespace Mtl.Storage.Relational;

internal sealed class RunDataStore(IDatabase database) : IRunDataStore
{
    private const string ContextTag = "mlflow.data.context";

    public async Task<Result<bool>> LogAsync(string runId, RunBatch batch, CancellationToken cancellation = default)
    {
        var logged = await database.WriteAsync(connection => Log(connection, database.Dialect, runId, batch), cancellation).ConfigureAwait(false);
        if (logged.IsSuccess)
            StoreMeter.PointsWritten(batch.Metrics.Count);
        return logged;
    }

    public Task<IReadOnlyDictionary<string, RunData>> OfAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellation = default) =>
        database.ReadAsync<IReadOnlyDictionary<string, RunData>>(
            connection =>
            {
                var runs = Batches.Query<(long No, string Id)>(connection, "SELECT no, id FROM runs WHERE id IN @ids", runIds).ToDictionary(row => row.No, row => row.Id);
                var parameters = Batches.Query<(long RunNo, string Key, string Value)>(connection, "SELECT run_no, key, value FROM run_parameters WHERE run_no IN @ids", runs.Keys)
                    .ToLookup(row => runs[row.RunNo]);
                var tags = TagStore.Of(connection, TagOwnerKind.Run, runs.Values);
                var datasets = Batches.Query<DatasetRow>(
                        connection,
                        "SELECT run_no, name, digest, source_type, source, schema, profile, tags FROM run_datasets WHERE run_no IN @ids ORDER BY run_no, name, digest",
                        runs.Keys)
                    .ToLookup(row => runs[row.RunNo]);
                var models = Batches.Query<(long RunNo, bool IsOutput, string ModelId, long Step)>(
                        connection, "SELECT run_no, is_output, model_id, step FROM run_models WHERE run_no IN @ids ORDER BY run_no, model_id, step", runs.Keys)
                    .ToLookup(row => (runs[row.RunNo], row.IsOutput), row => new ModelLink(row.ModelId, row.Step));
                return runIds.Distinct().ToDictionary(
                    id => id,
                    id => new RunData(
                        parameters[id].ToDictionary(row => row.Key, row => row.Value),
                        tags.GetValueOrDefault(id) ?? new Dictionary<string, string>(),
                        [.. datasets[id].Select(row => row.ToInput())],
                        [.. models[(id, false)]],
                        [.. models[(id, true)]]));
            },
            cancellation);

    public Task AddInputsAsync(string runId, IReadOnlyList<DatasetInput> datasets, IReadOnlyList<ModelLink> models, CancellationToken cancellation = default) =>
        WriteAsync(
            runId,
            (connection, runNo) =>
            {
                connection.Execute(
                    """
                    INSERT INTO run_datasets (run_no, name, digest, source_type, source, schema, profile, tags, context)
                    VALUES (@RunNo, @Name, @Digest, @SourceType, @Source, @Schema, @Profile, @Tags, @Context)
                    ON CONFLICT (run_no, name, digest) DO NOTHING
                    """,
                    datasets.Select(dataset => DatasetRow.Of(runNo, dataset)));
                AddModels(connection, runNo, isOutput: false, models);
            },
            cancellation);

    public Task AddOutputsAsync(string runId, IReadOnlyList<ModelLink> models, CancellationToken cancellation = default) =>
        WriteAsync(runId, (connection, runNo) => AddModels(connection, runNo, isOutput: true, models), cancellation);

    /// <summary>Within the caller's transaction.</summary>
    public static Result<bool> Log(DbConnection connection, Dialect dialect, string runId, RunBatch batch)
    {
        if (RunNumber.Of(connection, runId) is not { } runNo)
            return Failures.NotFound("run", runId);
        if (AddParameters(connection, runId, runNo, batch.Parameters) is { } changed)
            return changed;
        if (batch.Tags.Count > 0)
            TagStore.Set(connection, TagOwner.Run(runId), batch.Tags);
        if (batch.Metrics.Count > 0)
            MetricWrite.Append(connection, dialect, runNo, batch.Metrics);
        return batch.ModelMetrics.Count > 0 && LoggedModelMetrics.Add(connection, runNo, batch.ModelMetrics) is { } missing ? missing : true;
    }

    private static void AddModels(DbConnection connection, long runNo, bool isOutput, IReadOnlyList<ModelLink> models) => connection.Execute(
        "INSERT INTO run_models (run_no, is_output, model_id, step) VALUES (@runNo, @isOutput, @ModelId, @Step) ON CONFLICT (run_no, is_output, model_id, step) DO NOTHING",
        models.Select(model => new { runNo, isOutput, model.ModelId, model.Step }));

    /// <summary>Null, or the Invalid of the first parameter that has another value already.</summary>
    private static Error? AddParameters(DbConnection connection, string runId, long runNo, IReadOnlyDictionary<string, string> parameters)
    {
        if (parameters.Count == 0)
            return null;
        connection.Execute(
            "INSERT INTO run_parameters (run_no, key, value) VALUES (@runNo, @Key, @Value) ON CONFLICT (run_no, key) DO NOTHING",
            parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal).Select(parameter => new { runNo, parameter.Key, parameter.Value }));
        var stored = connection.Query<(string Key, string Value)>("SELECT key, value FROM run_parameters WHERE run_no = @runNo", new { runNo })
            .ToDictionary(row => row.Key, row => row.Value);
        return parameters.FirstOrDefault(parameter => stored[parameter.Key] != parameter.Value) is { Key: { } key, Value: var value }
            ? Error.Invalid(
                $"The parameter '{key}' of run '{runId}' has the value '{stored[key]}' already; it can't be changed to '{value}'.", "Log it under another key, or set a tag.", "params")
            : null;
    }

    private async Task WriteAsync(string runId, Action<DbConnection, long> write, CancellationToken cancellation) => await database.WriteAsync(
        connection =>
        {
            write(connection, RunNumber.Of(connection, runId) ?? throw new StoreException(Failures.NotFound("run", runId)));
            return true;
        },
        cancellation).ConfigureAwait(false);

    private sealed class DatasetRow
    {
        public required long RunNo { get; init; }

        public required string Name { get; init; }

        public required string Digest { get; init; }

        public required string SourceType { get; init; }

        public required string Source { get; init; }

        public required string Schema { get; init; }

        public required string Profile { get; init; }

        /// <summary>JSON.</summary>
        public required string Tags { get; init; }

        public string Context { get; init; } = "";

        public static DatasetRow Of(long runNo, DatasetInput dataset) => new()
        {
            RunNo = runNo,
            Name = dataset.Name,
            Digest = dataset.Digest,
            SourceType = dataset.SourceType,
            Source = dataset.Source,
            Schema = dataset.Schema,
            Profile = dataset.Profile,
            Tags = JsonSerializer.Serialize(dataset.Tags),
            Context = dataset.Tags.GetValueOrDefault(ContextTag, ""),
        };

        public DatasetInput ToInput() => new(Name, Digest, SourceType, Source, Schema, Profile, JsonSerializer.Deserialize<Dictionary<string, string>>(Tags)!);
    }
}
