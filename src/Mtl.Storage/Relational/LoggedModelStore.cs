using System.Data.Common;
using Dapper;
using Mtl.Core;
using Mtl.Tracking.Models;
using Mtl.Tracking.Tags;

namespace Mtl.Storage.Relational;

internal sealed class LoggedModelStore(IDatabase database) : ILoggedModelStore
{
    public Task AddAsync(LoggedModel model, CancellationToken cancellation = default) => database.WriteAsync(
        connection =>
        {
            var no = connection.ExecuteScalar<long>(
                $"""
                INSERT INTO logged_models ({LoggedModelRow.Columns})
                VALUES (@Id, @ExperimentId, @Name, @ModelType, @SourceRunId, @Status, @CreatedAt, @UpdatedAt)
                RETURNING no
                """,
                LoggedModelRow.Of(model));
            return AddParameters(connection, no, model.Parameters);
        },
        cancellation);

    public Task<Result<LoggedModel>> GetAsync(string id, CancellationToken cancellation = default) => database.ReadAsync(connection => Get(connection, id), cancellation);

    public Task<Result<LoggedModel>> SetStatusAsync(string id, string status, DateTimeOffset now, CancellationToken cancellation = default) => database.WriteAsync(
        connection =>
        {
            connection.Execute("UPDATE logged_models SET status = @status, updated_at = @at WHERE id = @id", new { id, status, at = now.UtcTicks });
            return Get(connection, id);
        },
        cancellation);

    public Task<Result<LoggedModel>> AddParametersAsync(
        string id, IReadOnlyDictionary<string, string> parameters, DateTimeOffset now, CancellationToken cancellation = default) => database.WriteAsync(
        connection =>
        {
            if (connection.ExecuteScalar<long?>("UPDATE logged_models SET updated_at = @at WHERE id = @id RETURNING no", new { id, at = now.UtcTicks }) is not { } no)
                return Failures.NotFound("logged model", id);
            AddParameters(connection, no, parameters);
            return Get(connection, id).Then<LoggedModel>(model => parameters.FirstOrDefault(parameter => model.Parameters[parameter.Key] != parameter.Value) is { Key: { } key, Value: var value }
                ? Error.Invalid(
                    $"The parameter '{key}' of logged model '{id}' has the value '{model.Parameters[key]}' already; it can't be changed to '{value}'.", "Log it under another key, or set a tag.", "params")
                : model);
        },
        cancellation);

    public Task<Result<bool>> RemoveAsync(string id, CancellationToken cancellation = default) => database.WriteAsync<Result<bool>>(
        connection =>
        {
            TagStore.Remove(connection, TagOwner.LoggedModel(id));
            foreach (var table in (string[])["logged_model_parameters", "logged_model_metrics"])
                connection.Execute($"DELETE FROM {table} WHERE model_no IN (SELECT no FROM logged_models WHERE id = @id)", new { id });
            return connection.Execute("DELETE FROM logged_models WHERE id = @id", new { id }) == 1 ? true : Failures.NotFound("logged model", id);
        },
        cancellation);

    /// <summary>The models with their parameters and metrics, within the caller's transaction.</summary>
    public static IReadOnlyList<LoggedModel> Whole(DbConnection connection, IReadOnlyList<LoggedModelRow> rows)
    {
        var parameters = Batches.Query<(string Id, string Key, string Value)>(
                connection, "SELECT m.id, p.key, p.value FROM logged_models m JOIN logged_model_parameters p ON p.model_no = m.no WHERE m.id IN @ids", rows.Select(row => row.Id))
            .ToLookup(row => row.Id);
        var metrics = LoggedModelMetrics.Of(connection, rows.Select(row => row.Id));
        return [.. rows.Select(row => row.ToModel(parameters[row.Id].ToDictionary(parameter => parameter.Key, parameter => parameter.Value), metrics[row.Id].ToArray()))];
    }

    private static Result<LoggedModel> Get(DbConnection connection, string id) =>
        connection.QuerySingleOrDefault<LoggedModelRow>($"SELECT {LoggedModelRow.Columns} FROM logged_models WHERE id = @id", new { id }) is { } row
            ? Whole(connection, [row])[0]
            : Failures.NotFound("logged model", id);

    private static int AddParameters(DbConnection connection, long no, IReadOnlyDictionary<string, string> parameters) => connection.Execute(
        "INSERT INTO logged_model_parameters (model_no, key, value) VALUES (@no, @Key, @Value) ON CONFLICT (model_no, key) DO NOTHING",
        parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal).Select(parameter => new { no, parameter.Key, parameter.Value }));
}

/// <summary>A logged model as its table holds it.</summary>
internal sealed class LoggedModelRow
{
    public const string Columns = "id, experiment_id, name, model_type, source_run_id, status, created_at, updated_at";

    public required string Id { get; init; }

    public required string ExperimentId { get; init; }

    public required string Name { get; init; }

    public required string ModelType { get; init; }

    public required string SourceRunId { get; init; }

    public required string Status { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }

    public static LoggedModelRow Of(LoggedModel model) => new()
    {
        Id = model.Id,
        ExperimentId = model.ExperimentId,
        Name = model.Name,
        ModelType = model.ModelType,
        SourceRunId = model.SourceRunId,
        Status = model.Status,
        CreatedAt = model.CreatedAt.UtcTicks,
        UpdatedAt = model.UpdatedAt.UtcTicks,
    };

    public LoggedModel ToModel(IReadOnlyDictionary<string, string> parameters, ModelMetric[] metrics) =>
        new(Id, ExperimentId, Name, ModelType, SourceRunId, Status, CreatedAt.ToTime(), UpdatedAt.ToTime()) { Parameters = parameters, Metrics = metrics };
}
