using Mtl.Grains.Tests.Hosting;
using Mtl.Tracking.Runs;

namespace Mtl.Grains.Tests.Runs;

/// <summary>Runs whose process went, or whose files were torn: taken up again by the supervisor, with the undisturbed run's result.</summary>
public sealed class RunRecoveryTests(UndisturbedRun undisturbed) : IClassFixture<UndisturbedRun>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_whose_process_goes_in_the_middle_is_taken_up_and_ends_the_same(bool gracefully)
    {
        await using var platform = await Platform.StartAsync();
        var id = await platform.StartRunAsync(UndisturbedRun.Definition(platform.Table));
        await platform.UntilStepAsync(id, 100);

        await platform.Host.RestartAsync(gracefully);
        var resumed = (await platform.CheckpointsAsync(id)).Length > 0;
        await platform.CompleteAsync(id);

        resumed.ShouldBe(gracefully);
        await undisturbed.ShouldEqualAsync(platform, id);
        var log = await platform.LogAsync(id);
        log.Count(line => line.Message.StartsWith("Resumed from step", StringComparison.Ordinal)).ShouldBe(1);
        log.Count(line => line.Message.StartsWith("Exported", StringComparison.Ordinal)).ShouldBe(1);
        (await platform.Slots.Describe()).FreeCores.ShouldBe(2);
    }

    [Fact]
    public async Task A_run_killed_twice_goes_on_from_its_checkpoint()
    {
        await using var platform = await Platform.StartAsync();
        var id = await platform.StartRunAsync(UndisturbedRun.Definition(platform.Table));
        await platform.UntilStepAsync(id, 50);
        await platform.Run(id).Pause();
        var kept = (await platform.StoredAsync(id)).Progress.Step;
        await platform.Run(id).Resume();

        for (var kill = 1; kill <= 2; kill++)
        {
            await platform.UntilStepAsync(id, kept + (100 * kill));
            await platform.Host.RestartAsync(gracefully: false);
        }

        await platform.CompleteAsync(id);
        await undisturbed.ShouldEqualAsync(platform, id);
        (await platform.LogAsync(id)).ShouldContain(line => line.Message == $"Resumed from step {kept:N0}.");
    }

    /// <summary>Every step ends an epoch here, so that most checkpoints lie between a step and its epoch's evaluation, which is then done again.</summary>
    [Fact]
    public async Task What_is_measured_again_at_the_step_of_a_checkpoint_is_there_once()
    {
        await using var platform = await Platform.StartAsync();
        var id = await platform.StartRunAsync(SmallTable.Definition(platform.Table, epochs: 1500, batchSize: SmallTable.Rows));
        for (var round = 1; round <= 6; round++)
        {
            for (var pause = 1; pause <= 2; pause++)
            {
                await platform.UntilStepAsync(id, (await platform.StoredAsync(id)).Progress.Step + 20);
                await platform.Run(id).Pause();
                if (pause == 2)
                    await TearAsync((await platform.CheckpointsAsync(id))[0]);
                await platform.Run(id).Resume();
            }
        }

        await platform.CompleteAsync(id);
        foreach (var (key, points) in await platform.HistoryAsync(id))
            points.Select(point => point.Step).ShouldBeUnique(key);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Torn_checkpoints_are_passed_over_with_a_warning(int torn)
    {
        await using var platform = await Platform.StartAsync();
        var id = await platform.StartRunAsync(UndisturbedRun.Definition(platform.Table));
        var steps = new List<long>();
        while (steps.Count < 2)
        {
            await platform.UntilStepAsync(id, steps.LastOrDefault() + 50);
            await platform.Run(id).Pause();
            steps.Add((await platform.StoredAsync(id)).Progress.Step);
            if (steps.Count == 1)
                await platform.Run(id).Resume();
        }

        var checkpoints = await platform.CheckpointsAsync(id);
        checkpoints.Length.ShouldBe(2);
        foreach (var path in checkpoints[..torn])
            await TearAsync(path);
        await platform.Run(id).Resume();
        await platform.CompleteAsync(id);

        await undisturbed.ShouldEqualAsync(platform, id);
        var log = await platform.LogAsync(id);
        log.ShouldContain(line => line.Severity == LogSeverity.Warning
            && line.Message.StartsWith($"'checkpoints/step-{steps[1]:D12}.safetensors' can't be used: The checkpoint file is damaged: it ends within", StringComparison.Ordinal));
        log.Count(line => line.Severity == LogSeverity.Warning).ShouldBe(torn);
        log.ShouldContain(line => line.Message == $"Resumed from step {(torn == 1 ? steps[0] : 0):N0}.");
    }

    [Fact]
    public async Task A_grain_that_is_deactivated_leaves_its_run_to_be_taken_up_in_the_same_process()
    {
        await using var platform = await Platform.StartAsync();
        var id = await platform.StartRunAsync(UndisturbedRun.Definition(platform.Table));
        await platform.UntilStepAsync(id, 100);

        await platform.Host.DeactivateAsync(platform.Run(id));
        await platform.CompleteAsync(id);

        await undisturbed.ShouldEqualAsync(platform, id);
    }

    [Fact]
    public async Task Slots_that_forgot_who_holds_them_are_told_by_the_supervisor()
    {
        await using var platform = await Platform.StartAsync(options => options with { TrainingCores = 1 });
        var id = await platform.StartRunAsync(SmallTable.Definition(platform.Table, epochs: 100_000));
        await platform.UntilStepAsync(id, 1);

        await platform.Host.DeactivateAsync(platform.Slots);
        (await platform.Run(id).EnsureAttended()).ToResult().Value.ShouldBe(RunStatus.Running);

        var slots = await platform.Slots.Describe();
        slots.Running.Concat(slots.Waiting).ShouldBe([id]);
    }

    [Fact]
    public async Task A_run_of_another_living_process_is_left_alone_until_its_lease_runs_out()
    {
        await using var platform = await Platform.StartAsync(options => options with { IsOnlyProcess = false });
        var definition = SmallTable.Definition(platform.Table);
        await platform.CreateAsync(definition);
        var now = DateTimeOffset.UtcNow;
        var stored = (await platform.Storage.Runs.AddAsync(new Run("elsewhere", "experiment", "#1", RunKind.MultiTask, definition, now)
        {
            Status = RunStatus.Running,
            StartedAt = now,
            Lease = new Lease("another", now.AddHours(1)),
        })).Value;

        (await platform.Run("elsewhere").EnsureAttended()).ToResult().Value.ShouldBe(RunStatus.Running);
        (await platform.Slots.Describe()).ShouldSatisfyAllConditions(slots => slots.Running.ShouldBeEmpty(), slots => slots.Waiting.ShouldBeEmpty());

        await platform.Host.DeactivateAsync(platform.Run("elsewhere"));
        (await platform.Storage.Runs.UpdateAsync(stored with { Lease = new Lease("another", now) })).IsSuccess.ShouldBeTrue();
        await platform.CompleteAsync("elsewhere");
    }

    [Fact]
    public async Task A_run_that_another_process_has_taken_is_given_up_without_another_write()
    {
        await using var platform = await Platform.StartAsync(options => options with { IsOnlyProcess = false });
        var id = await platform.StartRunAsync(SmallTable.Definition(platform.Table, epochs: 100_000));
        await platform.UntilStepAsync(id, 1);
        var stored = await platform.StoredAsync(id);
        var lease = new Lease("another", DateTimeOffset.UtcNow.AddHours(1));
        var taken = (await platform.Storage.Runs.UpdateAsync(stored with { Lease = lease })).Value;

        (await platform.Run(id).Pause()).ToResult().Error!.ToString()
            .ShouldBe($"Run '{id}' was changed by another process. Look at it again and repeat the command.");

        (await platform.StoredAsync(id)).ShouldSatisfyAllConditions(run => run.Version.ShouldBe(taken.Version), run => run.Lease.ShouldBe(lease));
        (await platform.Slots.Describe()).Running.ShouldBeEmpty();
    }

    private static async Task TearAsync(string path) => await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path))[..^3]);
}
