using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mtl.Application.Retention;

/// <summary>Removes now and then what has run out, for as long as the server runs.</summary>
internal sealed partial class RetentionSchedule(ExpiredRecords expired, RetentionOptions options, TimeProvider time, ILogger<RetentionSchedule> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.KeepsDeleted is not { } kept)
            return;
        using var timer = new PeriodicTimer(options.Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await expired.RemoveAsync(time.GetUtcNow() - kept, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e, options.Period);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "What was deleted long ago could not be removed; it is tried again in {Period}.")]
    private partial void LogFailed(Exception cause, TimeSpan period);
}
