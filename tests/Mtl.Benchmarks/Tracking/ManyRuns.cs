using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Mtl.Storage;
using Mtl.Tracking.Experiments;
using Npgsql;

namespace Mtl.Benchmarks.Tracking;

/// <summary>
/// 100,000 runs with 20 parameters and 20 metrics each, made by the database itself (the schema of migration 4), as fast as it can. Every value follows from the numbers of run and key.
/// </summary>
internal static class ManyRuns
{
    public const int Runs = 100_000;
    public const int Keys = 20;

    /// <summary>Different values of each parameter.</summary>
    public const int ParameterValues = 50;

    public const string ExperimentId = "bench";

    private static readonly string[] Steps =
    [
        """
        INSERT INTO runs (id, experiment_id, name, kind, definition, created_at, status, started_at, ended_at, deleted_at, owner, failure, threads,
                          step, total_steps, epoch, epochs, training_seconds, lease_owner, lease_expires_at, version)
        SELECT {id}, 'bench', 'run ' || i, 'Tracked', '', 639000000000000000 + i * 10000000, CASE WHEN i % 10 = 0 THEN 'Failed' ELSE 'Completed' END,
               639000000000000000 + i * 10000000, 639000000000000000 + i * 10000000 + 600000000, NULL, '', '', 0, 0, 0, 0, 0, 0, NULL, NULL, 1
        FROM {numbers}
        """,
        """
        INSERT INTO run_parameters (run_no, key, value)
        SELECT r.no, 'param-' || k.i, 'v' || ((r.no * 31 + k.i * 17) * 7919 / 13 % 50) FROM runs r CROSS JOIN {keys} WHERE r.experiment_id = 'bench' ORDER BY r.no, k.i
        """,
        """
        INSERT INTO metric_series (run_no, key, points, last_step, last_time, last_value, least_step, least_time, least_value, greatest_step, greatest_time, greatest_value, open_chunks)
        SELECT no, key, 1, 1, t, v, 1, t, v, 1, t, v, {empty}
        FROM (SELECT r.no AS no, 'metric-' || k.i AS key, r.created_at AS t, ((r.no * 7919 + k.i * 104729) * 31 % 10007) / 10007.0 AS v
              FROM runs r CROSS JOIN {keys} WHERE r.experiment_id = 'bench' ORDER BY r.no, k.i) AS s
        """,
        "INSERT INTO metric_points (series_id, step, time, value) SELECT id, last_step, last_time, last_value FROM metric_series ORDER BY id",
    ];

    /// <summary>Makes them in a new store.</summary>
    public static async Task LoadAsync(BenchStore store)
    {
        var started = Stopwatch.GetTimestamp();
        using (var storage = ServerStorage.Open(store.DataFolder, store.Connection).Value)
            _ = (await storage.Experiments.AddAsync(new Experiment(ExperimentId, "Many runs", null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, false, 0))).Value;
        using var connection = Open(store);
        foreach (var step in Steps)
            await connection.ExecuteAsync(Dialect(store, step), commandTimeout: 1200);
        await store.SettleAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{store.Name}: {Runs:N0} runs × {Keys} parameters × {Keys} metrics made in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s"));
    }

    private static DbConnection Open(BenchStore store)
    {
        DbConnection connection = store.Connection is { } address
            ? new NpgsqlConnection(address)
            : new SqliteConnection($"Data Source={Path.Combine(store.DataFolder, "mtl.db")};Pooling=false");
        connection.Open();
        if (store.Connection is null)
            connection.Execute("PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA temp_store = MEMORY;");
        return connection;
    }

    private static string Dialect(BenchStore store, string sql) => store.Connection is null
        ? sql.Replace("{id}", "printf('%032x', i)", StringComparison.Ordinal)
            .Replace("{numbers}", Series(Runs), StringComparison.Ordinal)
            .Replace("{keys}", $"{Series(Keys)} AS k", StringComparison.Ordinal)
            .Replace("{empty}", "x''", StringComparison.Ordinal)
        : sql.Replace("{id}", "lpad(to_hex(i), 32, '0')", StringComparison.Ordinal)
            .Replace("{numbers}", $"generate_series(0::bigint, {Runs - 1}) AS n(i)", StringComparison.Ordinal)
            .Replace("{keys}", $"generate_series(0::bigint, {Keys - 1}) AS k(i)", StringComparison.Ordinal)
            .Replace("{empty}", "''::bytea", StringComparison.Ordinal);

    private static string Series(int count) => $"(WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {count - 1}) SELECT i FROM n)";
}
