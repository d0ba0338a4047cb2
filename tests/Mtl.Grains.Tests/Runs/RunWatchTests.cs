using Mtl.Grains.Contracts;
using Mtl.Grains.Tests.Hosting;
using Mtl.Tracking.Runs;

namespace Mtl.Grains.Tests.Runs;

/// <summary>What watchers of a run see.</summary>
public sealed class RunWatchTests
{
    [Fact]
    public async Task A_late_watcher_gets_everything_at_once()
    {
        await using var platform = await Platform.StartAsync();
        var id = await platform.StartRunAsync(SmallTable.Definition(platform.Table));
        await platform.CompleteAsync(id);

        var only = (await ReadAsync(platform.Run(id).Watch(0, 0, CancellationToken.None))).ShouldHaveSingleItem();

        only.Status.ShouldBe(RunStatus.Completed);
        only.Step.ShouldBe(3 * SmallTable.StepsPerEpoch);
        only.TotalSteps.ShouldBe(only.Step);
        only.Points.Length.ShouldBe((await platform.HistoryAsync(id)).Values.Sum(points => points.Count));
        only.Log.Select(line => line.Message).ShouldBe((await platform.LogAsync(id)).Select(line => line.Message));
    }

    [Fact]
    public async Task A_live_watcher_sees_the_run_grow_and_misses_nothing()
    {
        await using var platform = await Platform.StartAsync();
        var id = await platform.StartRunAsync(SmallTable.Definition(platform.Table, epochs: 60));

        var changes = await ReadAsync(platform.Run(id).Watch(0, 0, CancellationToken.None));

        changes[^1].Status.ShouldBe(RunStatus.Completed);
        changes.Select(change => change.Step).ShouldBeInOrder();
        changes.Select(change => change.Step).Distinct().Count().ShouldBeGreaterThan(2);
        changes.Take(changes.Count - 1).ShouldAllBe(change => !change.Status.IsFinal());
        var stored = (await platform.HistoryAsync(id)).Values.SelectMany(points => points).Select(point => (point.Key, point.Step));
        changes.SelectMany(change => change.Points).Select(point => (point.Key, point.Step)).Order().ShouldBe(stored.Order());
        changes.SelectMany(change => change.Log).Select(line => line.Sequence).ShouldBe((await platform.LogAsync(id)).Select(line => line.Sequence));
    }

    [Fact]
    public async Task A_watcher_that_leaves_holds_nobody_up()
    {
        await using var platform = await Platform.StartAsync();
        var id = await platform.StartRunAsync(SmallTable.Definition(platform.Table, epochs: 60));

        await foreach (var change in platform.Run(id).Watch(0, 0, CancellationToken.None))
            break;
        using var cancellation = new CancellationTokenSource();
        var cancelled = Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var change in platform.Run(id).Watch(0, 0, cancellation.Token))
                await cancellation.CancelAsync();
        });

        await cancelled;
        await platform.CompleteAsync(id);
        await platform.Host.DeactivateAsync(platform.Run(id));
    }

    [Fact]
    public async Task A_watcher_who_comes_back_after_a_crash_is_told_what_is_void()
    {
        await using var platform = await Platform.StartAsync();
        var id = await platform.StartRunAsync(SmallTable.Definition(platform.Table, epochs: 100_000, batchSize: 1));
        await platform.UntilStepAsync(id, 50);
        await platform.Run(id).Pause();
        var kept = (await platform.StoredAsync(id)).Progress.Step;
        await platform.Run(id).Resume();
        var seen = new Replay();
        await foreach (var change in platform.Run(id).Watch(0, 0, CancellationToken.None))
        {
            seen.Apply(change);
            if (seen.LastStep > kept + 50)
                break;
        }

        await platform.Host.RestartAsync(gracefully: false);
        var rewound = new List<long>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await foreach (var change in platform.Run(id).Watch(seen.LastStep, seen.LastLine, patience.Token))
        {
            seen.Apply(change);
            if (change.RewoundTo is not { } step)
                continue;
            rewound.Add(step);
            (await platform.Run(id).Cancel()).ToResult().Value.ShouldBe(RunStatus.Cancelled);
        }

        rewound.ShouldBe([kept]);
        var stored = (await platform.HistoryAsync(id)).Values.SelectMany(points => points).Select(point => (point.Key, point.Step));
        seen.Points.Order().ShouldBe(stored.Order());
        seen.Lines.Order().ShouldBe((await platform.LogAsync(id)).Select(line => line.Sequence));
    }

    private static async Task<List<RunEvent>> ReadAsync(IAsyncEnumerable<RunEvent> changes)
    {
        var read = new List<RunEvent>();
        await foreach (var change in changes)
            read.Add(change);
        return read;
    }

    /// <summary>What a client of the stream holds.</summary>
    private sealed class Replay
    {
        private readonly List<EventLine> lines = [];

        public List<(string Key, long Step)> Points { get; } = [];

        public long LastStep => Points.Select(point => point.Step).DefaultIfEmpty().Max();

        public long LastLine => lines.Select(line => line.Sequence).DefaultIfEmpty().Max();

        public IEnumerable<long> Lines => lines.Select(line => line.Sequence);

        public void Apply(RunEvent change)
        {
            if (change.RewoundTo is { } step)
            {
                Points.RemoveAll(point => point.Step > step);
                lines.RemoveAll(line => line.Step > step);
            }

            Points.AddRange(change.Points.Select(point => (point.Key, point.Step)));
            lines.AddRange(change.Log);
        }
    }
}
