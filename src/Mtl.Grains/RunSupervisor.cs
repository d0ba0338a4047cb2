using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mtl.Grains.Contracts;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;
using Orleans;

namespace Mtl.Grains;

/// <summary>
/// Looks, at start and then every few seconds, for runs that nobody attends to (queued ones, and running ones whose lease has run out) and has their grains take them up; at start also for
/// comparisons that a crash kept from being made. One works in every process; grains see to it that a run is trained once.
/// </summary>
public sealed partial class RunSupervisor(IRunStore runs, IMetricStore metrics, IGrainFactory grains, GrainsOptions options, TimeProvider time, ILogger<RunSupervisor> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.SupervisorPeriod, time);
        var isCaughtUp = false;
        do
        {
            await TryAsync(AttendAsync, stoppingToken);
            isCaughtUp = isCaughtUp || await TryAsync(CompareAsync, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>False when it failed: the store or the silo may be away for a while; the next look comes.</summary>
    private async Task<bool> TryAsync(Func<CancellationToken, Task> look, CancellationToken cancellation)
    {
        try
        {
            await look(cancellation);
            return true;
        }
#pragma warning disable CA1031 // What is broken now may be well at the next look.
        catch (Exception e)
#pragma warning restore CA1031
        {
            cancellation.ThrowIfCancellationRequested();
            LogLookFailed(e);
            return false;
        }
    }

    private async Task AttendAsync(CancellationToken cancellation)
    {
        // With one process on the store, a lease of another name is void whatever its end: all running runs are candidates, and their grains know whether they are attended.
        var from = options.IsOnlyProcess ? DateTimeOffset.MaxValue : time.GetUtcNow();
        foreach (var run in await runs.ListUnattendedAsync(from, cancellation))
            await TryAsync(_ => grains.GetGrain<IRunGrain>(run.Id).EnsureAttended(), cancellation);
    }

    private async Task CompareAsync(CancellationToken cancellation)
    {
        var completed = (from counts in await runs.CountByExperimentAsync(cancellation) from run in counts.Value.Compared select (Experiment: counts.Key, Run: run)).ToArray();
        var latest = await metrics.LatestAsync([.. completed.Select(entry => entry.Run)], cancellation);
        foreach (var (experiment, run) in completed.Where(entry => !latest[entry.Run].ContainsKey(RunGrain.DeltaM)))
            await grains.GetGrain<IExperimentGrain>(experiment).RunCompleted(run);
    }

    [LoggerMessage(LogLevel.Warning, "Looking for unattended runs failed; it is tried again.")]
    private partial void LogLookFailed(Exception exception);
}
