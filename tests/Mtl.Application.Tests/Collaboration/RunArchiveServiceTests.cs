using System.IO.Compression;
using System.Text;
using Mtl.Application.Collaboration.Archives;
using Mtl.Core;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Tests.Collaboration;

public sealed class RunArchiveServiceTests : IAsyncLifetime
{
    private static readonly DatasetInput Dataset = new("houses", "d1", "local", "{}", "", "", new Dictionary<string, string>());

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private Application application = null!;

    private IRunArchives Archives => application.Get<IRunArchives>();

    private Storage.ServerStorage Stores => application.Platform.Storage;

    public async ValueTask InitializeAsync()
    {
        application = await Application.StartAsync();
        foreach (var id in new[] { "e", "f" })
            await Stores.Experiments.AddAsync(new Experiment(id, id, null, Noon, Noon, false, 0));
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    [Fact]
    public async Task A_run_that_is_exported_and_imported_is_a_new_run_with_all_of_the_old_one()
    {
        await AddRunAsync();
        var archive = await ExportAsync("r");

        var id = (await Archives.ImportAsync("f", new MemoryStream(archive))).Value;

        id.ShouldNotBe("r");
        var run = (await Stores.Runs.GetAsync(id)).Value;
        (run.ExperimentId, run.Name, run.Kind, run.Status, run.Failure, run.DeletedAt, run.EndedAt).ShouldBe(("f", "first", RunKind.Tracked, RunStatus.Failed, "It broke.", null, Noon.AddHours(1)));
        var data = (await Stores.RunData.OfAsync([id]))[id];
        data.Parameters.ShouldBe([new("lr", "0.1")]);
        data.Tags.ShouldBe([new("mtl.import.run", "r"), new("team", "blue")], ignoreOrder: true);
        data.Datasets.Single().ShouldBeEquivalentTo(Dataset);
        (await Stores.Metrics.HistoryAsync(id, long.MinValue))["loss"].ShouldBe((await Stores.Metrics.HistoryAsync("r", long.MinValue))["loss"]);
        (await Stores.Logs.ReadAsync(id)).Select(line => line.Message).ShouldBe(["hello"]);
        (await Stores.Artifacts.ListAsync(id)).Select(file => (file.Path, file.Bytes)).ShouldBe([("plots/loss.txt", 4)]);
        Directory.GetFiles(application.IncomingFolder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_was_changed_on_the_way_is_refused_and_nothing_is_seen_of_it()
    {
        await AddRunAsync();
        var archive = new MemoryStream();
        archive.Write(await ExportAsync("r"));
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Update, leaveOpen: true))
        {
            await using var content = zip.GetEntry("artifacts/plots/loss.txt")!.Open();
            content.SetLength(0);
            content.Write("evil"u8);
        }

        archive.Position = 0;
        (await Archives.ImportAsync("f", archive)).Error!.Message.ShouldBe("The file can't be imported as a run: the artifact 'plots/loss.txt' is not the one that was exported (its SHA-256 differs).");
        (await Stores.Runs.ListAsync("f")).Where(run => run.DeletedAt is null).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_no_archive_is_refused()
    {
        (await Archives.ImportAsync("f", new MemoryStream(Encoding.UTF8.GetBytes("hello")))).Error!.Message.ShouldStartWith("The file can't be imported as a run: it is no zip file, or a damaged one");
        (await Stores.Runs.ListAsync("f")).ShouldBeEmpty();
        Directory.GetFiles(application.IncomingFolder).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_archive_larger_than_uploads_may_be_is_refused() =>
        (await Archives.ImportAsync("f", new MemoryStream(new byte[(1 << 20) + 1]))).Error.ShouldBe(
            Error.TooLarge("The archive is larger than 1 MiB, the most that is accepted.", "Start the server with a larger bound, or leave large artifacts out."));

    [Fact]
    public async Task A_run_that_was_not_over_is_cancelled_where_it_comes_to()
    {
        await AddRunAsync(RunStatus.Running);

        var id = (await Archives.ImportAsync("f", new MemoryStream(await ExportAsync("r")))).Value;

        (await Stores.Runs.GetAsync(id)).Value.Status.ShouldBe(RunStatus.Cancelled);
    }

    [Fact]
    public async Task What_is_not_there_is_neither_exported_nor_imported_to()
    {
        (await Archives.ExportAsync("nope")).Error!.Message.ShouldBe("There is no run 'nope'.");
        (await Archives.ImportAsync("nope", new MemoryStream())).Error!.Message.ShouldBe("There is no experiment 'nope'.");
    }

    private async Task AddRunAsync(RunStatus status = RunStatus.Failed)
    {
        await Stores.Runs.AddAsync(new Run("r", "e", "first", RunKind.Tracked, null, Noon) { Status = status, StartedAt = Noon, EndedAt = Noon.AddHours(1), Failure = "It broke." });
        MetricPoint[] points = [.. Enumerable.Range(0, 12_000).Select(step => new MetricPoint("loss", step, 1.0 / (step + 1), Noon.AddSeconds(step))), new("loss", 12_000, double.NaN, Noon)];
        await Stores.RunData.LogAsync("r", new RunBatch(points, new Dictionary<string, string> { ["lr"] = "0.1" }, new Dictionary<string, string> { ["team"] = "blue" }));
        await Stores.RunData.AddInputsAsync("r", [Dataset], []);
        await Stores.Logs.AppendAsync("r", [new LogLine(0, 0, Noon, LogSeverity.Information, "hello")]);
        await Stores.Artifacts.WriteAsync("r", "plots/loss.txt", stream => stream.WriteAsync("good"u8.ToArray()).AsTask());
        await Stores.Artifacts.WriteAsync("r", RunFiles.Checkpoint(1), stream => stream.WriteAsync(new byte[10]).AsTask());
    }

    private async Task<byte[]> ExportAsync(string runId)
    {
        using var archive = new MemoryStream();
        var export = (await Archives.ExportAsync(runId)).Value;
        export.FileName.ShouldBe($"run-{runId}.zip");
        await export.Write(archive, CancellationToken.None);
        return archive.ToArray();
    }
}
