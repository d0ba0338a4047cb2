using Dapper;
using Microsoft.Data.Sqlite;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Tags;

namespace Mtl.Storage.Tests;

public sealed class RemovedRunTests
{
    private const string RunId = "run-of-this-test-alone";
    private const string ExperimentId = "experiment-of-this-test-alone";

    /// <summary>Rows of tables that other parts of the platform keep about runs and experiments.</summary>
    private static readonly string[] SaidAboutThem =
    [
        "INSERT INTO grants (kind, thing, principal_kind, principal_id, permission) VALUES ('experiment', @ExperimentId, 'user', 'u', 'Read')",
        "INSERT INTO comments (id, kind, owner_id, author, text, created_at) VALUES ('c1', 'Run', @RunId, 'a', 't', 0), ('c2', 'Experiment', @ExperimentId, 'a', 't', 0)",
        "INSERT INTO favourites (user_name, kind, owner_id, created_at) VALUES ('u', 'Run', @RunId, 0), ('u', 'Experiment', @ExperimentId, 0)",
        "INSERT INTO saved_views (id, experiment_id, name, query, created_by, created_at, updated_at) VALUES ('v', @ExperimentId, 'v', '', 'u', 0, 0)",
    ];

    [Fact]
    public async Task No_table_holds_anything_of_a_removed_run_or_experiment()
    {
        using var folder = new TemporaryFolder();
        using var storage = ServerStorage.Open(folder.Path).Value;
        var longAgo = DateTimeOffset.UnixEpoch;
        _ = (await storage.Experiments.AddAsync(new Experiment(ExperimentId, "e", null, longAgo, longAgo, true, 0))).Value;
        _ = (await storage.Runs.AddAsync(new Run(RunId, ExperimentId, "r", RunKind.Tracked, null, longAgo) { Status = RunStatus.Completed, DeletedAt = longAgo })).Value;
        _ = (await storage.RunData.LogAsync(RunId, new RunBatch([new MetricPoint("loss", 1, 2, longAgo)], new Dictionary<string, string> { ["p"] = "1" }, new Dictionary<string, string> { ["t"] = "1" }))).Value;
        await storage.RunData.AddInputsAsync(RunId, [new DatasetInput("d", "1", "", "", "", "", new Dictionary<string, string>())], [new ModelLink("m", 0)]);
        await storage.Logs.AppendAsync(RunId, [new LogLine(0, 1, longAgo, LogSeverity.Information, "said")]);
        await storage.Tags.SetAsync(TagOwner.Experiment(ExperimentId), new Dictionary<string, string> { ["t"] = "1" });
        using var connection = Connect(storage);
        foreach (var row in SaidAboutThem)
            connection.Execute(row, new { RunId, ExperimentId });
        Mentions(connection).ShouldNotBeEmpty();

        (await storage.Retention.RemoveRunAsync(RunId, DateTimeOffset.UtcNow, () => Task.CompletedTask)).ShouldBeTrue();
        (await storage.Retention.RemoveExperimentAsync(ExperimentId, DateTimeOffset.UtcNow)).ShouldBeTrue();

        Mentions(connection).ShouldBeEmpty();
        foreach (var table in (string[])["metric_series", "metric_points", "metric_extremes", "run_parameters", "run_datasets", "run_models"])
            connection.ExecuteScalar<long>($"SELECT count(*) FROM {table}").ShouldBe(0, table);
    }

    /// <summary>Tables and columns that hold either id.</summary>
    private static List<string> Mentions(SqliteConnection connection) =>
        [
            .. from column in connection.Query<(string Table, string Name)>(
                    "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'").AsList()
               let found = connection.ExecuteScalar<long>($"SELECT count(*) FROM {column.Table} WHERE CAST({column.Name} AS TEXT) IN (@RunId, @ExperimentId)", new { RunId, ExperimentId })
               where found > 0
               select $"{column.Table}.{column.Name}",
        ];

    private static SqliteConnection Connect(ServerStorage storage)
    {
        var connection = new SqliteConnection($"Data Source={storage.Folder.DatabaseFile};Pooling=false");
        connection.Open();
        return connection;
    }
}
