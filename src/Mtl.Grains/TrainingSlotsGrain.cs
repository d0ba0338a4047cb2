using Mtl.Grains.Contracts;
using Mtl.Grains.Training;
using Orleans;
using Orleans.Placement;
using Orleans.Runtime;

namespace Mtl.Grains;

/// <inheritdoc cref="ITrainingSlotsGrain"/>
[PreferLocalPlacement]
public sealed class TrainingSlotsGrain(GrainsOptions options) : Grain, ITrainingSlotsGrain
{
    /// <summary>Runs started together should see each other in the queue before the first of them takes every core.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, int> running = [];
    private readonly List<(string RunId, int Cores)> waiting = [];
    private IGrainTimer? admission;
    private (int Running, int Waiting) metered;

    private int Free => options.TrainingCores - running.Values.Sum();

    /// <summary>Who holds what lives in memory only, for it concerns this process only; so the grain stays for as long as the process.</summary>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        DelayDeactivation(TimeSpan.FromDays(3650));
        admission = this.RegisterGrainTimer(AdmitAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        return Task.CompletedTask;
    }

    public async Task Request(string runId, int cores)
    {
        if (running.TryGetValue(runId, out var held))
        {
            await GrainFactory.GetGrain<IRunGrain>(runId).SlotGranted(held);
            return;
        }

        if (waiting.TrueForAll(place => place.RunId != runId))
            waiting.Add((runId, Math.Max(1, cores)));
        MeterQueue();
        AdmitSoon();
    }

    public Task Release(string runId)
    {
        running.Remove(runId);
        waiting.RemoveAll(place => place.RunId == runId);
        MeterQueue();
        AdmitSoon();
        return Task.CompletedTask;
    }

    public Task<SlotsOverview> Describe() =>
        Task.FromResult(new SlotsOverview(options.TrainingCores, Math.Max(0, Free), [.. running.Keys], [.. waiting.Select(place => place.RunId)]));

    private void MeterQueue()
    {
        TrainingMeter.Active.Add(running.Count - metered.Running);
        TrainingMeter.Waiting.Add(waiting.Count - metered.Waiting);
        metered = (running.Count, waiting.Count);
    }

    private void AdmitSoon()
    {
        if (waiting.Count > 0)
            admission!.Change(Gathering, Timeout.InfiniteTimeSpan);
    }

    private async Task AdmitAsync(CancellationToken cancellation)
    {
        while (waiting.Count > 0 && Free > 0)
        {
            var (runId, wanted) = waiting[0];
            var granted = waiting.Count > 1 ? 1 : Math.Min(wanted, Free);
            waiting.RemoveAt(0);
            running[runId] = granted;
            MeterQueue();
            await GrainFactory.GetGrain<IRunGrain>(runId).SlotGranted(granted);
        }
    }
}
