using System.Diagnostics.Metrics;
using System.Text.Json;
using Mtl.Tracking.Runs;

namespace Mtl.Host.Operations;

/// <summary>The gauge <c>mtl.runs</c>: runs by status, counted in the store now and then, so that a reader of <c>/metrics</c> never waits for the store.</summary>
internal sealed partial class RunCounts : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly IRunStore runs;
    private readonly TimeProvider time;
    private readonly ILogger<RunCounts> logger;
    private readonly Meter meter;
    private volatile IReadOnlyDictionary<RunStatus, long> counts = new Dictionary<RunStatus, long>();

    public RunCounts(IRunStore runs, TimeProvider time, IMeterFactory meters, ILogger<RunCounts> logger)
    {
        (this.runs, this.time, this.logger) = (runs, time, logger);
        meter = meters.Create("Mtl.Tracking");
        meter.CreateObservableGauge(
            "mtl.runs",
            () => from status in Enum.GetValues<RunStatus>()
                  select new Measurement<long>(counts.GetValueOrDefault(status), new KeyValuePair<string, object?>("status", JsonNamingPolicy.KebabCaseLower.ConvertName(status.ToString()))),
            "{run}",
            "Runs in the store, by status.");
    }

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                counts = await runs.CountAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogUncounted(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "The runs could not be counted for /metrics; the last counts stay.")]
    private partial void LogUncounted(Exception cause);
}
