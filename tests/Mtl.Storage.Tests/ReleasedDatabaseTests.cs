using System.IO.Compression;
using Mtl.Core.Definitions;
using Mtl.Tracking.Datasets;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;

namespace Mtl.Storage.Tests;

/// <summary>Databases as released programs left them (<c>Released/schema-N.db.gz</c>) are opened by this one, with everything in them.</summary>
public sealed class ReleasedDatabaseTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1_234_567);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Experiments_and_runs_of_schema_3_are_as_they_were()
    {
        using var storage = Open(3);

        (await storage.Experiments.ListAsync()).Select(experiment => (experiment.Id, experiment.Name, experiment.UpdatedAt, experiment.Version))
            .ShouldBe([("e-school", "School", Noon.AddMinutes(10), 1L), ("e-census", "Census income", Noon, 1L)]);
        var old = (await storage.Experiments.GetAsync("e-old")).Value;
        (old.IsDeleted, old.Version, old.Definition!.Description).ShouldBe((true, 2, "Größe ≥ 1, \"quoted\", 数据"));
        (await storage.Runs.ListAsync()).Select(run => (run.Id, run.Kind, run.Status)).ShouldBe(
        [
            ("r-queued", RunKind.MultiTask, RunStatus.Queued),
            ("r-running", RunKind.MultiTask, RunStatus.Running),
            ("r-failed", RunKind.MultiTask, RunStatus.Failed),
            ("r-baseline", RunKind.Baseline, RunStatus.Completed),
            ("r-multi", RunKind.MultiTask, RunStatus.Completed),
            ("r-old", RunKind.MultiTask, RunStatus.Cancelled),
        ]);
        var running = (await storage.Runs.GetAsync("r-running")).Value;
        DefinitionJson.Write(running.Plan).ShouldBe(DefinitionJson.Write(old.Definition with { Name = "Census income" }));
        (running with { Definition = null }).ShouldBe(new Run("r-running", "e-school", "name of r-running", RunKind.MultiTask, null, Noon.AddMinutes(11))
        {
            Status = RunStatus.Running,
            StartedAt = Noon.AddMinutes(11).AddSeconds(1),
            Threads = 2,
            Progress = new RunProgress(3_000_000_000, 4_000_000_000, 5, 6, 7.125),
            Lease = new Lease("silo-1", Noon.AddMinutes(12)),
            Version = 2,
        });
        (await storage.Runs.GetAsync("r-failed")).Value.Failure.ShouldBe("Loss is NaN. Lower the learning rate.");
        (await storage.Runs.ListUnattendedAsync(Noon.AddMinutes(12))).Select(run => run.Id).ShouldBe(["r-running", "r-queued"]);
    }

    [Fact]
    public async Task Metrics_of_schema_3_are_as_they_were_and_have_summaries()
    {
        using var storage = Open(3);

        var history = await storage.Metrics.HistoryAsync("r-multi");
        history.Keys.ShouldBe(["income/train_loss", "income/val_roc_auc"]);
        history["income/train_loss"].Select(point => (point.Step, point.Value, point.Time)).ShouldBe(Enumerable.Range(1, 700).Select(step => ((long)step, Loss(step), Noon.AddMilliseconds(step))));
        (await storage.MetricReader.SummariesAsync(["r-multi", "r-failed", "r-running"])).ShouldSatisfyAllConditions(
            of => of["r-multi"]["income/train_loss"].ShouldBe(new MetricSummary(700, Point(700), Point(456), Point(321))),
            of => of["r-running"]["income/train_loss"].ShouldBe(new MetricSummary(600, Point(600), Point(456), Point(321))),
            of => of["r-failed"]["age/train_loss"].ShouldBe(
                new MetricSummary(2, new MetricPoint("age/train_loss", 2, double.NaN, Noon.AddSeconds(1)), null, null)));
        (await storage.Metrics.LatestAsync(["r-multi"]))["r-multi"]["income/val_roc_auc"].ShouldBe(0.90625);

        static MetricPoint Point(int step) => new("income/train_loss", step, Loss(step), Noon.AddMilliseconds(step));
    }

    [Fact]
    public async Task A_history_of_schema_3_is_thinned_and_grows_as_a_new_one_does()
    {
        using var storage = Open(3);
        await storage.Metrics.AppendAsync("r-multi", [.. Enumerable.Range(701, 1000).Select(step => new MetricPoint("income/train_loss", step, 0, Noon.AddMilliseconds(step)))]);

        var thinned = await storage.MetricReader.ThinnedAsync("r-multi", "income/train_loss", 12);

        thinned.Count.ShouldBeInRange(8, 12);
        thinned.Select(point => point.Step).ShouldBeSubsetOf(Enumerable.Range(1, 1700).Select(step => (long)step));
        thinned.Select(point => point.Value).ShouldContain(1e9);
        thinned.Select(point => point.Value).ShouldContain(double.NegativeInfinity);
        (await storage.Metrics.HistoryAsync("r-multi"))["income/train_loss"].Count.ShouldBe(1700);
    }

    [Fact]
    public async Task Logs_models_and_datasets_of_schema_3_are_as_they_were()
    {
        using var storage = Open(3);

        (await storage.Logs.ReadAsync("r-multi")).Select(line => (line.Sequence, line.Severity, line.Message)).ShouldBe(
            [(1, LogSeverity.Information, "Training begins: Größe ≥ 1."), (2, LogSeverity.Warning, "Slow.\nVery slow."), (3, LogSeverity.Error, "数据")]);
        await storage.Logs.AppendAsync("r-running", [new LogLine(0, 600, Noon, LogSeverity.Information, "on")]);
        (await storage.Logs.ReadAsync("r-running")).Select(line => line.Sequence).ShouldBe([1, 4]);
        (await storage.Models.ListAsync()).ShouldBe(
        [
            new ModelVersion("census-income", 2, "r-baseline", "model.onnx", 4.5e-7, "cd34", Noon.AddMinutes(4)),
            new ModelVersion("census-income", 1, "r-multi", "model.onnx", 3.5e-7, "ab12", Noon.AddMinutes(3)),
        ]);
        (await storage.Models.AliasesAsync("census-income")).ShouldBe(new Dictionary<string, int> { ["production"] = 1, ["candidate"] = 2 }, ignoreOrder: true);
        var model = (await storage.ModelRegistry.GetModelAsync("census-income")).Value;
        (model.CreatedAt, model.UpdatedAt).ShouldBe((Noon.AddMinutes(3), Noon.AddMinutes(4)));
        (await storage.ModelRegistry.AddVersionAsync(new ModelVersion("census-income", 0, "", "", 0, "", Noon))).Value.Version.ShouldBe(3);
        (await storage.Datasets.ListAsync()).ShouldBe(
        [
            new Dataset("d-school", "School", "/elsewhere/school.parquet", false, 1234, "ef56", 15362, 28, Noon.AddMinutes(1)),
            new Dataset("d-adult", "Adult", "/data/adult.csv", true, 5_000_000_000, "ab12", 3_000_000_000, 15, Noon),
        ]);
    }

    private static double Loss(int step) => step switch
    {
        321 => 1e9,
        456 => double.NegativeInfinity,
        500 => double.NaN,
        _ => Math.Sin(step),
    };

    private ServerStorage Open(int version)
    {
        using (var packed = new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Released", $"schema-{version}.db.gz")), CompressionMode.Decompress))
        using (var database = File.Create(folder.File("mtl.db")))
            packed.CopyTo(database);
        return ServerStorage.Open(folder).Value;
    }
}
