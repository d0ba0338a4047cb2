using Mtl.Grains.Contracts;
using Mtl.Grains.Tests.Hosting;
using Mtl.Tracking.Runs;

namespace Mtl.Grains.Tests.Runs;

/// <summary>What a person can ask of a run, and when.</summary>
public sealed class RunCommandTests(UndisturbedRun undisturbed) : IClassFixture<UndisturbedRun>
{
    [Fact]
    public async Task A_paused_and_resumed_run_ends_bit_for_bit_like_an_undisturbed_one()
    {
        await using var platform = await Platform.StartAsync();
        var id = await platform.StartRunAsync(UndisturbedRun.Definition(platform.Table));
        await platform.UntilStepAsync(id, 100);

        (await platform.Run(id).Pause()).ToResult().Value.ShouldBe(RunStatus.Paused);
        var paused = await platform.StoredAsync(id);
        paused.Status.ShouldBe(RunStatus.Paused);
        paused.Lease.ShouldBeNull();
        paused.Progress.Step.ShouldBeInRange(100, UndisturbedRun.Steps - 1);
        (await platform.CheckpointsAsync(id)).ShouldHaveSingleItem().ShouldEndWith($"step-{paused.Progress.Step:D12}.safetensors");
        (await platform.Slots.Describe()).FreeCores.ShouldBe(2);

        (await platform.Run(id).Resume()).ToResult().Value.ShouldBe(RunStatus.Queued);
        await platform.CompleteAsync(id);

        await undisturbed.ShouldEqualAsync(platform, id);
        (await platform.LogAsync(id)).Select(line => line.Message).ShouldContain($"Resumed from step {paused.Progress.Step:N0}.");
        (await platform.CheckpointsAsync(id)).ShouldBeEmpty();
        var completed = await platform.StoredAsync(id);
        completed.Progress.TrainingSeconds.ShouldBeGreaterThan(paused.Progress.TrainingSeconds);
        completed.EndedAt.ShouldNotBeNull();
        completed.StartedAt.ShouldBe(paused.StartedAt);
    }

    [Fact]
    public async Task A_cancelled_run_stops_within_a_step_and_keeps_no_checkpoint()
    {
        await using var platform = await Platform.StartAsync();
        var id = await platform.StartRunAsync(SmallTable.Definition(platform.Table, epochs: 100_000));
        await platform.UntilStepAsync(id, 1);

        (await platform.Run(id).Cancel()).ToResult().Value.ShouldBe(RunStatus.Cancelled);
        var cancelled = await platform.StoredAsync(id);
        (await platform.EndOfAsync(id)).Progress.ShouldBe(cancelled.Progress);

        cancelled.Progress.Step.ShouldBeLessThan(cancelled.Progress.TotalSteps);
        cancelled.EndedAt.ShouldNotBeNull();
        (await platform.CheckpointsAsync(id)).ShouldBeEmpty();
        (await platform.Slots.Describe()).ShouldSatisfyAllConditions(slots => slots.FreeCores.ShouldBe(2), slots => slots.Running.ShouldBeEmpty());
    }

    [Fact]
    public async Task Commands_that_a_state_does_not_allow_are_refused_by_name()
    {
        await using var platform = await Platform.StartAsync();
        var id = await platform.StartRunAsync(SmallTable.Definition(platform.Table, epochs: 100_000));
        await platform.UntilStepAsync(id, 1);
        var run = platform.Run(id);

        ErrorOf(await run.Resume()).ShouldBe($"Run '{id}' is running; 'resume' is not possible then. Possible now: pause, cancel, complete, fail.");
        await run.Pause();
        ErrorOf(await run.Pause()).ShouldBe($"Run '{id}' is paused; 'pause' is not possible then. Possible now: resume, cancel.");
        await run.Cancel();
        foreach (var (command, name) in new (Func<Task<Reply<RunStatus>>>, string)[] { (run.Pause, "pause"), (run.Resume, "resume"), (run.Cancel, "cancel") })
            ErrorOf(await command()).ShouldBe($"Run '{id}' is cancelled; '{name}' is not possible then. A finished run stays as it is; start a new one.");
    }

    [Fact]
    public async Task A_run_that_does_not_exist_is_not_found()
    {
        await using var platform = await Platform.StartAsync();
        var run = platform.Run("nobody");

        foreach (var command in new Func<Task<Reply<RunStatus>>>[] { run.Pause, run.Resume, run.Cancel, run.EnsureAttended })
            ErrorOf(await command()).ShouldBe("Run 'nobody' does not exist. Look at the experiment's list of runs.");
        await foreach (var change in run.Watch(0, 0, CancellationToken.None))
            change.ShouldBeNull("There is nothing to watch.");
    }

    [Fact]
    public async Task A_run_that_waits_can_be_paused_and_cancelled()
    {
        await using var platform = await Platform.StartAsync(options => options with { TrainingCores = 1 });
        var experiment = await platform.CreateAsync(SmallTable.Definition(platform.Table, epochs: 100_000));
        var first = (await experiment.Start(null)).ToResult().Value[0];
        await platform.UntilStepAsync(first, 1);
        var second = (await experiment.Start(null)).ToResult().Value[0];

        (await platform.Run(second).Pause()).ToResult().Value.ShouldBe(RunStatus.Paused);
        (await platform.Run(second).Cancel()).ToResult().Value.ShouldBe(RunStatus.Cancelled);

        (await platform.Slots.Describe()).ShouldSatisfyAllConditions(slots => slots.Running.ShouldBe([first]), slots => slots.Waiting.ShouldBeEmpty());
        (await platform.StoredAsync(second)).StartedAt.ShouldBeNull();
    }

    private static string ErrorOf(Reply<RunStatus> reply) => reply.ToResult().Error!.ToString();
}
