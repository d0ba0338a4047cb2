using Dapper;
using Microsoft.Data.Sqlite;
using Mtl.Tracking.Metrics;

namespace Mtl.Storage.Sqlite;

internal sealed class SqliteMetricStore(SqliteDatabase database) : IMetricStore
{
    public async Task AppendAsync(string runId, IReadOnlyList<MetricPoint> points, CancellationToken cancellation = default)
    {
        if (points.Count == 0)
            return;
        var written = await database.WriteAsync(
            connection =>
            {
                var series = SeriesOf(connection, runId, points);
                using var insert = new PointInsert(connection);
                foreach (var point in points)
                    insert.Add(series[point.Key], point);
                insert.Finish();
                return points.Count;
            },
            cancellation).ConfigureAwait(false);
        StoreMeter.PointsWritten(written);
    }

    public Task RewindAsync(string runId, long step, CancellationToken cancellation = default) => database.WriteAsync(
        connection => connection.Execute(
            """
            DELETE FROM metric_points WHERE series_id IN (SELECT id FROM metric_series WHERE run_id = @runId) AND step > @step;
            DELETE FROM log_lines WHERE run_id = @runId AND step > @step;
            """,
            new { runId, step }),
        cancellation);

    public Task<IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>>> HistoryAsync(
        string runId, long afterStep = 0, int maximumPoints = 2000, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumPoints, ExtremaThinning.FewestPoints);
        return database.ReadAsync<IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>>>(
            connection =>
            {
                using var snapshot = connection.BeginTransaction(deferred: true);
                return connection.Query<(long Id, string Key, long Count)>(
                        """
                        SELECT s.id, s.key, count(*) FROM metric_series s JOIN metric_points p ON p.series_id = s.id
                        WHERE s.run_id = @runId AND p.step > @afterStep
                        GROUP BY s.id ORDER BY s.key
                        """,
                        new { runId, afterStep })
                    .ToDictionary(
                        series => series.Key,
                        series => (IReadOnlyList<MetricPoint>)[.. ExtremaThinning.Thin(Points(connection, series.Id, series.Key, afterStep), series.Count, maximumPoints)]);
            },
            cancellation);
    }

    public Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>> LatestAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellation = default) =>
        database.ReadAsync<IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>>(
            connection =>
            {
                var latest = connection.Query<(string RunId, string Key, double? Value)>(
                        """
                        SELECT s.run_id, s.key, p.value FROM metric_series s JOIN metric_points p ON p.series_id = s.id
                        WHERE s.run_id IN @runIds AND p.step = (SELECT max(step) FROM metric_points WHERE series_id = s.id)
                        """,
                        new { runIds })
                    .ToLookup(row => row.RunId);
                return runIds.Distinct().ToDictionary(
                    runId => runId,
                    runId => (IReadOnlyDictionary<string, double>)latest[runId].ToDictionary(row => row.Key, row => row.Value ?? double.NaN));
            },
            cancellation);

    /// <summary>Key → series id for all keys of the points; new ones are added.</summary>
    private static Dictionary<string, long> SeriesOf(SqliteConnection connection, string runId, IReadOnlyList<MetricPoint> points)
    {
        var series = connection.Query<(string Key, long Id)>("SELECT key, id FROM metric_series WHERE run_id = @runId", new { runId })
            .ToDictionary(row => row.Key, row => row.Id);
        foreach (var point in points)
        {
            if (!series.ContainsKey(point.Key))
                series[point.Key] = connection.ExecuteScalar<long>("INSERT INTO metric_series (run_id, key) VALUES (@runId, @Key) RETURNING id", new { runId, point.Key });
        }

        return series;
    }

    private static IEnumerable<MetricPoint> Points(SqliteConnection connection, long seriesId, string key, long afterStep)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT step, value, time FROM metric_points WHERE series_id = $series AND step > $after ORDER BY step";
        command.Parameters.AddWithValue("$series", seriesId);
        command.Parameters.AddWithValue("$after", afterStep);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return new MetricPoint(key, reader.GetInt64(0), reader.IsDBNull(1) ? double.NaN : reader.GetDouble(1), reader.GetInt64(2).ToTime());
    }
}
