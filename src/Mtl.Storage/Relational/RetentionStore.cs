using System.Data.Common;
using Dapper;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Retention;

namespace Mtl.Storage.Relational;

internal sealed class RetentionStore(IDatabase database) : IRetentionStore
{
    /// <summary>Points removed in one transaction, so that other writes wait for a long history's end no longer than for a moment.</summary>
    private const int PointsPerTransaction = 50_000;

    private const string ExpiredRun =
        """
        runs r JOIN experiments e ON e.id = r.experiment_id
        WHERE (r.deleted_at < @before OR (e.is_deleted AND e.updated_at < @before)) AND (r.kind = 'Tracked' OR r.status NOT IN ('Queued', 'Running'))
        """;

    private const string NeededRun = "EXISTS (SELECT 1 FROM model_versions v WHERE v.run_id = r.id OR v.source LIKE '%/' || r.id || '/%')";

    private const string ExpiredExperiment =
        $"""
        experiments e
        WHERE e.is_deleted AND e.updated_at < @before AND e.id <> '{Experiment.DefaultId}'
          AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.experiment_id = e.id) AND NOT EXISTS (SELECT 1 FROM logged_models m WHERE m.experiment_id = e.id)
        """;

    /// <summary>All that goes with a run, its points left out; the run itself last.</summary>
    private static readonly string[] OfRun =
    [
        "DELETE FROM metric_series WHERE run_no = @no",
        "DELETE FROM run_parameters WHERE run_no = @no",
        "DELETE FROM run_datasets WHERE run_no = @no",
        "DELETE FROM run_models WHERE run_no = @no",
        "DELETE FROM logged_model_metrics WHERE run_no = @no",
        "DELETE FROM log_lines WHERE run_id = @id",
        "DELETE FROM tags WHERE kind = 'Run' AND owner_id = @id",
        "DELETE FROM runs WHERE no = @no",
    ];

    /// <summary>All that goes with an experiment; the experiment itself last.</summary>
    private static readonly string[] OfExperiment =
    [
        "DELETE FROM tags WHERE kind = 'Experiment' AND owner_id = @id",
        "DELETE FROM grants WHERE kind = 'experiment' AND thing = @id",
        "DELETE FROM experiments WHERE id = @id",
    ];

    public Task<ExpiredRuns> ExpiredRunsAsync(DateTimeOffset before, CancellationToken cancellation = default) => database.ReadAsync(
        connection =>
        {
            var expired = connection.Query<(string Id, bool IsNeeded)>($"SELECT r.id, CASE WHEN {NeededRun} THEN 1 ELSE 0 END FROM {ExpiredRun} ORDER BY r.no", new { before = before.UtcTicks }).AsList();
            return new ExpiredRuns([.. expired.Where(run => !run.IsNeeded).Select(run => run.Id)], expired.Count(run => run.IsNeeded));
        },
        cancellation);

    public Task<IReadOnlyList<string>> ExpiredModelsAsync(DateTimeOffset before, CancellationToken cancellation = default) => IdsAsync(
        """
        SELECT m.id FROM logged_models m JOIN experiments e ON e.id = m.experiment_id
        WHERE e.is_deleted AND e.updated_at < @before AND NOT EXISTS (SELECT 1 FROM model_versions v WHERE v.model_id = m.id)
        ORDER BY m.no
        """,
        before,
        cancellation);

    public Task<IReadOnlyList<string>> ExpiredExperimentsAsync(DateTimeOffset before, CancellationToken cancellation = default) =>
        IdsAsync($"SELECT e.id FROM {ExpiredExperiment} ORDER BY e.no", before, cancellation);

    public async Task<bool> RemoveRunAsync(string id, DateTimeOffset before, Func<Task> removeFiles, CancellationToken cancellation = default)
    {
        // The new version turns away whoever restores the run from what was read before.
        var claimed = await database.WriteAsync(
            connection => connection.Execute(
                $"UPDATE runs SET version = version + 1 WHERE id = (SELECT r.id FROM {ExpiredRun} AND NOT {NeededRun} AND r.id = @id)", new { id, before = before.UtcTicks }) == 1,
            cancellation).ConfigureAwait(false);
        if (!claimed)
            return false;

        await removeFiles().ConfigureAwait(false);
        var series = await database.ReadAsync(connection => connection.Query<long>("SELECT s.id FROM metric_series s JOIN runs r ON r.no = s.run_no WHERE r.id = @id", new { id }).AsList(), cancellation)
            .ConfigureAwait(false);
        foreach (var table in (PointTable[])[PointTable.Points, PointTable.Extremes(0)])
        {
            // Series that have been emptied are looked at once more for each slice of another, which finds nothing by their index.
            while (await database.WriteAsync(connection => RemovePoints(connection, table, series), cancellation).ConfigureAwait(false) >= PointsPerTransaction)
                cancellation.ThrowIfCancellationRequested();
        }

        return await database.WriteAsync(
            connection =>
            {
                var no = RunNumber.Of(connection, id);
                foreach (var statement in OfRun)
                    connection.Execute(statement, new { id, no });
                return no is not null;
            },
            cancellation).ConfigureAwait(false);
    }

    public Task<bool> RemoveExperimentAsync(string id, DateTimeOffset before, CancellationToken cancellation = default) => database.WriteAsync(
        connection =>
        {
            if (connection.ExecuteScalar<string?>($"SELECT e.id FROM {ExpiredExperiment} AND e.id = @id", new { id, before = before.UtcTicks }) is null)
                return false;
            foreach (var statement in OfExperiment)
                connection.Execute(statement, new { id });
            return true;
        },
        cancellation);

    /// <summary>Removes up to one transaction's worth of points, of any level, and a little more; gives back how many.</summary>
    private static int RemovePoints(DbConnection connection, PointTable table, IReadOnlyList<long> series)
    {
        var removed = 0;
        foreach (var id in series)
        {
            if (removed >= PointsPerTransaction)
                break;
            removed += connection.Execute(
                $"DELETE FROM {table.Name} WHERE ({table.Columns}) IN (SELECT {table.Columns} FROM {table.Name} WHERE series_id = @id LIMIT {PointsPerTransaction})", new { id });
        }

        return removed;
    }

    private Task<IReadOnlyList<string>> IdsAsync(string sql, DateTimeOffset before, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<string>>(
        connection => connection.Query<string>(sql, new { before = before.UtcTicks }).AsList(), cancellation);
}
