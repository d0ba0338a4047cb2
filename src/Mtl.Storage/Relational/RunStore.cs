using System.Data.Common;
using Dapper;
using Mtl.Core;
using Mtl.Tracking.Runs;

namespace Mtl.Storage.Relational;

internal sealed class RunStore(IDatabase database) : IRunStore
{
    internal const string Columns =
        """
        id, experiment_id, name, kind, definition, created_at, status, started_at, ended_at, deleted_at, owner, failure, threads,
        step, total_steps, epoch, epochs, training_seconds, lease_owner, lease_expires_at, version
        """;

    public Task<Result<Run>> AddAsync(Run run, CancellationToken cancellation = default) => AddAsync(run, RunBatch.Nothing, cancellation);

    public async Task<Result<Run>> AddAsync(Run run, RunBatch logged, CancellationToken cancellation = default)
    {
        var added = run with { Version = 1 };
        var row = RunRow.Of(added);
        var written = await database.WriteAsync<Result<Run>>(
            connection =>
            {
                if (VersionOf(connection, row.Id) is not null)
                    return Failures.Exists("run", row.Id);
                if (connection.ExecuteScalar<string?>("SELECT id FROM experiments WHERE id = @ExperimentId", row) is null)
                    return Failures.NotFound("experiment", row.ExperimentId);
                connection.Execute(
                    $"""
                    INSERT INTO runs ({Columns})
                    VALUES (@Id, @ExperimentId, @Name, @Kind, @Definition, @CreatedAt, @Status, @StartedAt, @EndedAt, @DeletedAt, @Owner, @Failure, @Threads,
                            @Step, @TotalSteps, @Epoch, @Epochs, @TrainingSeconds, @LeaseOwner, @LeaseExpiresAt, @Version)
                    """,
                    row);
                return RunDataStore.Log(connection, database.Dialect, row.Id, logged).Map(_ => added);
            },
            cancellation).ConfigureAwait(false);
        if (written.IsSuccess)
            StoreMeter.PointsWritten(logged.Metrics.Count);
        return written;
    }

    public Task<Result<Run>> UpdateAsync(Run run, CancellationToken cancellation = default) => UpdateAsync(run, RunBatch.Nothing, cancellation);

    public async Task<Result<Run>> UpdateAsync(Run run, RunBatch logged, CancellationToken cancellation = default)
    {
        var updated = run with { Version = run.Version + 1 };
        var row = RunRow.Of(run);
        var written = await database.WriteAsync<Result<Run>>(
            connection =>
            {
                var rows = connection.Execute(
                    """
                    UPDATE runs
                    SET experiment_id = @ExperimentId, name = @Name, definition = @Definition, status = @Status, started_at = @StartedAt, ended_at = @EndedAt,
                        deleted_at = @DeletedAt, owner = @Owner, failure = @Failure, threads = @Threads,
                        step = @Step, total_steps = @TotalSteps, epoch = @Epoch, epochs = @Epochs, training_seconds = @TrainingSeconds,
                        lease_owner = @LeaseOwner, lease_expires_at = @LeaseExpiresAt, version = version + 1
                    WHERE id = @Id AND version = @Version
                    """,
                    row);
                if (rows == 0)
                    return Failures.Stale("run", row.Id, row.Version, VersionOf(connection, row.Id));
                return logged.IsEmpty ? updated : RunDataStore.Log(connection, database.Dialect, row.Id, logged).Map(_ => updated);
            },
            cancellation).ConfigureAwait(false);
        if (written.IsSuccess)
            StoreMeter.PointsWritten(logged.Metrics.Count);
        return written;
    }

    public Task<Result<Run>> GetAsync(string id, CancellationToken cancellation = default) => database.QueryAsync<Result<Run>>(
        connection => connection.QuerySingleOrDefault<RunRow>($"SELECT {Columns} FROM runs WHERE id = @id", new { id }) is { } row
            ? row.ToRun()
            : Failures.NotFound("run", id),
        cancellation);

    public Task<IReadOnlyList<Run>> ListAsync(string? experimentId = null, CancellationToken cancellation = default) =>
        QueryAsync($"{(experimentId is null ? "" : "WHERE experiment_id = @experimentId")} ORDER BY created_at DESC, no DESC", new { experimentId }, cancellation);

    public Task<IReadOnlyList<Run>> ListUnattendedAsync(DateTimeOffset now, CancellationToken cancellation = default) => QueryAsync(
        """
        WHERE kind <> 'Tracked' AND (status = 'Queued' OR (status = 'Running' AND (lease_expires_at IS NULL OR lease_expires_at <= @ticks)))
        ORDER BY created_at, no
        """,
        new { ticks = now.UtcTicks },
        cancellation);

    public Task<IReadOnlyDictionary<RunStatus, long>> CountAsync(CancellationToken cancellation = default) => database.ReadAsync<IReadOnlyDictionary<RunStatus, long>>(
        connection => connection.Query<(string Status, long Count)>("SELECT status, count(*) FROM runs GROUP BY status").ToDictionary(row => Enum.Parse<RunStatus>(row.Status), row => row.Count),
        cancellation);

    public Task<IReadOnlyDictionary<string, RunCounts>> CountByExperimentAsync(CancellationToken cancellation = default) => database.ReadAsync<IReadOnlyDictionary<string, RunCounts>>(
        connection =>
        {
            var compared = connection.Query<(string ExperimentId, string Id)>(
                "SELECT experiment_id, id FROM runs WHERE kind = 'MultiTask' AND status = 'Completed' AND deleted_at IS NULL ORDER BY no").ToLookup(row => row.ExperimentId, row => row.Id);
            return connection.Query<(string ExperimentId, long Runs, long Active, long LastAt)>(
                    """
                    SELECT experiment_id, count(*), sum(CASE WHEN status IN ('Queued', 'Running') THEN 1 ELSE 0 END), max(coalesce(ended_at, started_at, created_at))
                    FROM runs WHERE deleted_at IS NULL GROUP BY experiment_id
                    """)
                .ToDictionary(row => row.ExperimentId, row => new RunCounts(row.Runs, row.Active, row.LastAt.ToTime(), [.. compared[row.ExperimentId]]));
        },
        cancellation);

    private Task<IReadOnlyList<Run>> QueryAsync(string where, object arguments, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<Run>>(
        connection => [.. connection.Query<RunRow>($"SELECT {Columns} FROM runs {where}", arguments).Select(row => row.ToRun())],
        cancellation);

    private static long? VersionOf(DbConnection connection, string id) => connection.ExecuteScalar<long?>("SELECT version FROM runs WHERE id = @id", new { id });
}
