using Mtl.Application.Runs;
using Mtl.Core;
using Mtl.Grains.Tests.Hosting;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Tests.Runs;

/// <summary>Runs as a person follows them.</summary>
public sealed class RunServiceTests
{
    [Fact]
    public async Task A_watcher_stays_while_the_runs_grain_comes_and_goes()
    {
        await using var application = await Application.StartAsync();
        var id = await application.Platform.StartRunAsync(SmallTable.Definition(application.Platform.Table, epochs: 800));

        var updates = new List<RunUpdate>();
        var deactivated = 0;
        await foreach (var update in application.Runs.WatchAsync(id))
        {
            updates.Add(update);
            if (update.Status == RunStatus.Running && update.Progress.Step > 100 && deactivated++ == 0)
                await application.Platform.Host.DeactivateAsync(application.Platform.Run(id));
        }

        deactivated.ShouldBeGreaterThan(0);
        updates[^1].Status.ShouldBe(RunStatus.Completed);
        updates.ShouldContain(update => update.Log.Any(line => line.Message.StartsWith("Resumed from step", StringComparison.Ordinal)));
        var stored = (await application.Runs.MetricsAsync(id)).Value.Values.SelectMany(points => points).Select(point => (point.Key, point.Step));
        updates.SelectMany(update => update.Points).Select(point => (point.Key, point.Step)).Order().ShouldBe(stored.Order());
        updates.SelectMany(update => update.Log).Select(line => line.Sequence).ShouldBe((await application.Runs.LogAsync(id)).Value.Select(line => line.Sequence));
    }

    [Fact]
    public async Task A_completed_run_tells_of_its_results_model_and_files()
    {
        await using var application = await Application.StartAsync();
        var ids = await application.Platform.StartRunsAsync(SmallTable.Definition(application.Platform.Table, baselines: true));
        foreach (var id in ids)
            await application.Platform.CompleteAsync(id);

        var run = (await application.Runs.GetAsync(ids[0])).Value;
        run.Model.ShouldBe("small/1");
        run.ParityError.ShouldNotBeNull().ShouldBeLessThan(1e-5);
        run.Result.ShouldNotBeNull().Tasks.Count.ShouldBe(3);
        run.Summary.ExperimentName.ShouldBe("Small");
        (await application.Runs.GetAsync(ids[1])).Value.Model.ShouldBe("");
        (await application.Runs.ArtifactsAsync(ids[0])).Value.Select(file => file.Path).ShouldContain("model.onnx");
        await using var file = (await application.Runs.OpenArtifactAsync(ids[0], "result.json")).Value;
        file.Length.ShouldBeGreaterThan(0);
        (await application.Runs.ListAsync("experiment")).Select(summary => summary.Id).ShouldBe([ids[1], ids[0]]);
    }

    [Fact]
    public async Task Commands_reach_the_run()
    {
        await using var application = await Application.StartAsync();
        var id = await application.Platform.StartRunAsync(SmallTable.Definition(application.Platform.Table, epochs: 100_000));
        await application.Platform.UntilStepAsync(id, 1);

        (await application.Runs.PauseAsync(id)).Value.ShouldBe(RunStatus.Paused);
        (await application.Runs.ResumeAsync(id)).Value.ShouldBe(RunStatus.Queued);
        (await application.Runs.CancelAsync(id)).Value.ShouldBe(RunStatus.Cancelled);
        (await application.Runs.CancelAsync(id)).Error!.Kind.ShouldBe(ErrorKind.Conflict);
        (await application.Runs.GetAsync(id)).Value.Summary.SecondsLeft.ShouldBeNull();
    }

    [Fact]
    public async Task A_run_that_does_not_exist_is_not_found_and_a_path_stays_in_its_folder()
    {
        await using var application = await Application.StartAsync();
        var runs = application.Runs;

        Error?[] errors =
        [
            (await runs.GetAsync("nobody")).Error, (await runs.MetricsAsync("nobody")).Error, (await runs.LogAsync("nobody")).Error, (await runs.ArtifactsAsync("nobody")).Error,
            (await runs.OpenArtifactAsync("nobody", "model.onnx")).Error,
        ];
        errors.ShouldAllBe(error => error!.Message == "There is no run 'nobody'.");
        await foreach (var update in runs.WatchAsync("nobody"))
            update.ShouldBeNull("There is nothing to watch.");

        var id = await application.Platform.StartRunAsync(SmallTable.Definition(application.Platform.Table));
        (await runs.OpenArtifactAsync(id, "../../mtl.db")).Error!.Message.ShouldBe("'../../mtl.db' can't be an artifact's path: it holds '.' or '..'.");
    }
}
