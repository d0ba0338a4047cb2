using Mtl.Core.Definitions;
using Mtl.Grains.Contracts;
using Mtl.Grains.Tests.Hosting;
using Mtl.Tracking.Runs;

namespace Mtl.Grains.Tests.Runs;

/// <summary>Which runs train at once on a machine with two cores.</summary>
public sealed class TrainingSlotsTests
{
    private const int Endless = 100_000;

    [Fact]
    public async Task Two_runs_train_at_once_and_the_third_waits_its_turn()
    {
        await using var platform = await Platform.StartAsync();
        var experiment = await platform.CreateAsync(SmallTable.Definition(platform.Table, Endless));
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
            ids.Add((await experiment.Start(null)).ToResult().Value[0]);

        await platform.UntilStepAsync(ids[0], 1);
        await platform.UntilStepAsync(ids[1], 1);
        var full = await platform.Slots.Describe();
        full.Cores.ShouldBe(2);
        full.FreeCores.ShouldBe(0);
        full.Running.ShouldBe([ids[0], ids[1]], ignoreOrder: true);
        full.Waiting.ShouldBe([ids[2], ids[3]]);

        await platform.Run(ids[0]).Cancel();
        await platform.UntilStepAsync(ids[2], 1);
        (await platform.Slots.Describe()).Waiting.ShouldBe([ids[3]]);
        (await platform.StoredAsync(ids[3])).Status.ShouldBe(RunStatus.Queued);
    }

    [Fact]
    public async Task A_big_run_that_is_alone_gets_two_threads()
    {
        await using var platform = await Platform.StartAsync();
        var id = await platform.StartRunAsync(SmallTable.Definition(platform.Table, Endless, width: 256, batchSize: 256));

        await platform.UntilStepAsync(id, 1);

        (await platform.StoredAsync(id)).Threads.ShouldBe(2);
        (await platform.Slots.Describe()).FreeCores.ShouldBe(0);
    }

    [Fact]
    public async Task Big_runs_that_are_started_together_get_one_thread_each()
    {
        await using var platform = await Platform.StartAsync();
        var ids = await platform.StartRunsAsync(SmallTable.Definition(platform.Table, Endless, baselines: true, width: 256, batchSize: 256));

        foreach (var id in ids)
            await platform.UntilStepAsync(id, 1);

        foreach (var id in ids)
            (await platform.StoredAsync(id)).Threads.ShouldBe(1);
    }

    [Fact]
    public async Task A_big_run_gets_one_thread_however_late_what_is_started_with_it_comes()
    {
        await using var platform = await Platform.StartAsync();
        var definition = SmallTable.Definition(platform.Table, Endless, width: 256, batchSize: 256);
        await platform.CreateAsync(definition);

        await platform.Run("first").Queue(new RunOrder("experiment", "#1", RunKind.MultiTask, DefinitionJson.Write(definition), Together: 2));
        await platform.UntilStepAsync("first", 1);

        (await platform.StoredAsync("first")).Threads.ShouldBe(1);
        (await platform.Slots.Describe()).FreeCores.ShouldBe(1);
    }

    [Fact]
    public async Task A_small_run_takes_one_core_and_leaves_the_other()
    {
        await using var platform = await Platform.StartAsync();
        var id = await platform.StartRunAsync(SmallTable.Definition(platform.Table, Endless));

        await platform.UntilStepAsync(id, 1);

        (await platform.StoredAsync(id)).Threads.ShouldBe(1);
        (await platform.Slots.Describe()).FreeCores.ShouldBe(1);
    }

    [Fact]
    public async Task Cores_asked_for_by_a_run_that_does_not_exist_come_back()
    {
        await using var platform = await Platform.StartAsync(options => options with { TrainingCores = 1 });
        await platform.Slots.Request("nobody", 1);

        await platform.CompleteAsync(await platform.StartRunAsync(SmallTable.Definition(platform.Table)));
    }
}
