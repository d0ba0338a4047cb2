using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mtl.Grains.Contracts;
using Mtl.Tracking.Runs;
using Orleans;

namespace Mtl.Grains;

/// <summary>
/// Looks, at start and then every few seconds, for runs that nobody attends to (queued ones, and running ones whose lease has run out) and has their grains take them up.
/// One works in every process; grains see to it that a run is trained once.
/// </summary>
public sealed partial class RunSupervisor(IRunStore runs, IGrainFactory grains, GrainsOptions options, TimeProvider time, ILogger<RunSupervisor> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.SupervisorPeriod, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
#pragma warning disable CA1031 // The store or the silo may be away for a while; the next look comes.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogLookFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        // With one process on the store, a lease of another name is void whatever its end: all running runs are candidates, and their grains know whether they are attended.
        var from = options.IsOnlyProcess ? DateTimeOffset.MaxValue : time.GetUtcNow();
        foreach (var run in await runs.ListUnattendedAsync(from, cancellation))
            await grains.GetGrain<IRunGrain>(run.Id).EnsureAttended();
    }

    [LoggerMessage(LogLevel.Warning, "Looking for unattended runs failed; it is tried again.")]
    private partial void LogLookFailed(Exception exception);
}
