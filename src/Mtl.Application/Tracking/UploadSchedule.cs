using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mtl.Application.Tracking;

/// <summary>Drops uploads that nobody completes, for as long as the server runs.</summary>
internal sealed partial class UploadSchedule(MultipartUploads uploads, TimeProvider time, ILogger<UploadSchedule> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                uploads.DropStale();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogFailed(e, Period);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Uploads that nobody completes could not be removed; it is tried again in {Period}.")]
    private partial void LogFailed(Exception cause, TimeSpan period);
}
