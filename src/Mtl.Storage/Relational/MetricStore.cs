using System.Data.Common;
using Dapper;
using Mtl.Tracking.Metrics;

namespace Mtl.Storage.Relational;

internal sealed class MetricStore(IDatabase database) : IMetricStore, IMetricReader
{
    public async Task AppendAsync(string runId, IReadOnlyList<MetricPoint> points, CancellationToken cancellation = default)
    {
        if (points.Count == 0)
            return;
        await database.WriteAsync(
            connection => MetricWrite.Append(connection, database.Dialect, RunNumber.Of(connection, runId) ?? throw new InvalidOperationException($"There is no run '{runId}'."), points),
            cancellation).ConfigureAwait(false);
        StoreMeter.PointsWritten(points.Count);
    }

    public Task RewindAsync(string runId, long step, CancellationToken cancellation = default) => database.WriteAsync(
        connection =>
        {
            connection.Execute("DELETE FROM log_lines WHERE run_id = @runId AND step > @step", new { runId, step });
            return MetricWrite.Rewind(connection, database.Dialect, runId, step);
        },
        cancellation);

    public Task<IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>>> HistoryAsync(
        string runId, long afterStep = 0, int maximumPoints = 2000, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumPoints, ExtremaThinning.FewestPoints);
        var firstStep = afterStep == long.MaxValue ? afterStep : afterStep + 1;
        return database.ReadAsync<IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>>>(
            connection => connection
                .Query<SeriesRow>(
                    $"SELECT {SeriesRow.ColumnsOf("s")} FROM metric_series s JOIN runs r ON r.no = s.run_no WHERE r.id = @runId AND s.last_step >= @firstStep ORDER BY s.key",
                    new { runId, firstStep })
                .AsList()
                .ToDictionary(series => series.Key, series => MetricHistory.Thinned(connection, database.Dialect, series, maximumPoints, firstStep, long.MaxValue)),
            cancellation);
    }

    public Task<IReadOnlyList<MetricPoint>> ThinnedAsync(
        string runId, string key, int maximumPoints, long firstStep = long.MinValue, long lastStep = long.MaxValue, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumPoints, ExtremaThinning.FewestPoints);
        return database.ReadAsync(
            connection => Find(connection, runId, key) is { } series ? MetricHistory.Thinned(connection, database.Dialect, series, maximumPoints, firstStep, lastStep) : [],
            cancellation);
    }

    public Task<IReadOnlyList<MetricPoint>> PageAsync(string runId, string key, MetricPoint? after, int limit, CancellationToken cancellation = default) =>
        database.ReadAsync<IReadOnlyList<MetricPoint>>(
            connection => Find(connection, runId, key) is { } series ? MetricHistory.Page(connection, series, after, limit) : [],
            cancellation);

    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>> LatestAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellation = default) =>
        (await LastAsync(runIds, cancellation).ConfigureAwait(false)).ToDictionary(
            run => run.Key,
            run => (IReadOnlyDictionary<string, double>)run.Value.ToDictionary(series => series.Key, series => series.Value.Value));

    public Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, MetricPoint>>> LastAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellation = default) =>
        database.ReadAsync<IReadOnlyDictionary<string, IReadOnlyDictionary<string, MetricPoint>>>(
            connection =>
            {
                var last = Batches.Query<(string RunId, string Key, long Step, long Time, StoredNumber Value)>(
                        connection, "SELECT r.id, s.key, s.last_step, s.last_time, s.last_value FROM runs r JOIN metric_series s ON s.run_no = r.no WHERE r.id IN @ids", runIds)
                    .ToLookup(row => row.RunId);
                return runIds.Distinct().ToDictionary(
                    runId => runId,
                    runId => (IReadOnlyDictionary<string, MetricPoint>)last[runId].ToDictionary(row => row.Key, row => new MetricPoint(row.Key, row.Step, row.Value, row.Time.ToTime())));
            },
            cancellation);

    public Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, MetricSummary>>> SummariesAsync(
        IReadOnlyCollection<string> runIds, CancellationToken cancellation = default) =>
        database.ReadAsync<IReadOnlyDictionary<string, IReadOnlyDictionary<string, MetricSummary>>>(
            connection =>
            {
                var runs = Batches.Query<(long No, string Id)>(connection, "SELECT no, id FROM runs WHERE id IN @ids", runIds).ToDictionary(row => row.No, row => row.Id);
                var summaries = Batches.Query<NumberedSeries>(connection, $"SELECT run_no, {SeriesRow.Columns} FROM metric_series WHERE run_no IN @ids", runs.Keys)
                    .ToLookup(series => runs[series.RunNo]);
                return runIds.Distinct().ToDictionary(
                    runId => runId,
                    runId => (IReadOnlyDictionary<string, MetricSummary>)summaries[runId].ToDictionary(series => series.Key, series => series.ToSummary()));
            },
            cancellation);

    private static SeriesRow? Find(DbConnection connection, string runId, string key) => connection.QuerySingleOrDefault<SeriesRow>(
        $"SELECT {SeriesRow.ColumnsOf("s")} FROM runs r JOIN metric_series s ON s.run_no = r.no WHERE r.id = @runId AND s.key = @key", new { runId, key });

    private sealed class NumberedSeries : SeriesRow
    {
        public required long RunNo { get; init; }
    }
}
