using System.Globalization;
using Mtl.EndToEnd.Tests.Hosting;
using Mtl.Tracking.Runs;

namespace Mtl.EndToEnd.Tests;

/// <summary>The same definition comes to the same metrics and the same model, to the last bit, whatever happens to the server on the way.</summary>
public sealed class SameOutcomeTests(UndisturbedRun undisturbed, ITestOutputHelper output) : IClassFixture<UndisturbedRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Each run prints its own; the variable repeats one.</summary>
    private readonly int seed = Environment.GetEnvironmentVariable("MTL_TEST_SEED") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : Random.Shared.Next();

    public void Dispose() => folder.Dispose();

    [Fact(Timeout = 300_000)]
    public async Task The_same_definition_on_another_server_gives_identical_metrics_and_an_identical_model()
    {
        await using var server = await Server.StartAsync(folder["data"]);
        output.WriteLine($"{server.Greeting} The undisturbed run took {undisturbed.Took.TotalSeconds:0.0} s.");

        var runs = await Task.WhenAll(server.Api.StartAsync(undisturbed.Definition), server.Api.StartAsync(undisturbed.Definition with { Name = "The same beside it" }));

        foreach (var run in runs)
            (await Outcome.OfAsync(server, run[0])).ShouldBeIdenticalTo(undisturbed.Outcome, $"run {run[0]}");
        undisturbed.Outcome.Points.Count.ShouldBeGreaterThan(1000);
    }

    [Fact(Timeout = 300_000)]
    public async Task A_run_whose_server_is_killed_three_times_and_whose_files_are_torn_goes_on_by_itself_to_the_same_outcome()
    {
        var random = new Random(seed);
        await using var server = await Server.StartAsync(folder["data"]);
        var run = (await server.Api.StartAsync(undisturbed.Definition))[0];
        var happened = $"MTL_TEST_SEED={seed}";
        (double From, double To, Func<string> Damage)[] crashes =
        [
            (0.15, 0.35, () => CrashDamage.TearLog(server.DataFolder, random)),
            (0.45, 0.60, () => CrashDamage.TearCheckpoint(server.DataFolder, run, random) + ", " + CrashDamage.TearLog(server.DataFolder, random)),
            (0.70, 0.85, () => CrashDamage.LeaveHalfWrittenFiles(server.DataFolder, run, random)),
        ];
        foreach (var (from, to, damage) in crashes)
        {
            var step = (long)(undisturbed.Outcome.Steps * (from + ((to - from) * random.NextDouble())));
            var reached = (await server.Api.UntilStepAsync(run, step)).Progress.Step;
            await server.KillAsync();
            happened += $"; killed at step {reached}: {damage()}";
            await server.RestartAsync();
        }

        output.WriteLine(happened);
        (await Outcome.OfAsync(server, run)).ShouldBeIdenticalTo(undisturbed.Outcome, happened);
        var said = (await server.Api.LogAsync(run)).Select(line => line.Message).ToArray();
        said.ShouldContain(line => line.StartsWith("Resumed from step ", StringComparison.Ordinal), happened);
        (await server.Api.RunsAsync()).ShouldHaveSingleItem();
        Directory.GetFileSystemEntries(Path.Combine(server.DataFolder, "artifacts", ".incoming")).ShouldBeEmpty();
        server.Complaints.ShouldBeEmpty();
    }

    [Fact(Timeout = 300_000)]
    public async Task A_run_whose_server_is_stopped_goes_on_from_where_it_was_to_the_same_outcome()
    {
        var random = new Random(seed);
        await using var server = await Server.StartAsync(folder["data"]);
        var run = (await server.Api.StartAsync(undisturbed.Definition))[0];
        var reached = (await server.Api.UntilStepAsync(run, (long)(undisturbed.Outcome.Steps * 0.8 * random.NextDouble()))).Progress.Step;

        (await server.StopAsync()).ShouldBe(0, server.Output);
        File.Exists(Path.Combine(server.DataFolder, "server.json")).ShouldBeFalse();
        await server.RestartAsync();

        var happened = $"MTL_TEST_SEED={seed}; stopped after step {reached}";
        output.WriteLine(happened);
        (await Outcome.OfAsync(server, run)).ShouldBeIdenticalTo(undisturbed.Outcome, happened);
        (await server.Api.LogAsync(run)).Where(line => line.Message.StartsWith("Resumed from step ", StringComparison.Ordinal)).ShouldHaveSingleItem()
            .Step.ShouldBeGreaterThanOrEqualTo(reached, "a server that is told to stop makes a checkpoint");
    }

    [Fact(Timeout = 300_000)]
    public async Task A_paused_run_stays_paused_over_a_restart_and_resumes_to_the_same_outcome()
    {
        var random = new Random(seed);
        await using var server = await Server.StartAsync(folder["data"]);
        var run = (await server.Api.StartAsync(undisturbed.Definition))[0];
        await server.Api.UntilStepAsync(run, (long)(undisturbed.Outcome.Steps * 0.8 * random.NextDouble()));

        await server.Api.CommandAsync(run, "pause");
        var paused = (await server.Api.RunAsync(run)).Summary;
        await server.KillAsync();
        await server.RestartAsync();

        var found = (await server.Api.RunAsync(run)).Summary;
        (found.Status, found.Progress).ShouldBe((RunStatus.Paused, paused.Progress));
        await server.Api.CommandAsync(run, "resume");
        var happened = $"MTL_TEST_SEED={seed}; paused at step {paused.Progress.Step}";
        output.WriteLine(happened);
        (await Outcome.OfAsync(server, run)).ShouldBeIdenticalTo(undisturbed.Outcome, happened);
    }
}
