using System.Runtime.CompilerServices;
using Mtl.Grains.Contracts;
using Mtl.Grains.Training;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Grains;

public sealed partial class RunGrain
{
    /// <summary>Reads what is new from the store, where the training thread has put it, and adds where training stands.</summary>
    public async IAsyncEnumerable<RunEvent> Watch(long afterStep, long afterLogSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var metrics = new MetricCursor(afterStep);
        TrainingJob? resumption = null;
        RunEvent? last = null;
        while (run is not null)
        {
            var status = run.Status;
            var progress = job?.Progress ?? run.Progress;
            long? rewoundTo = null;
            if (job is { ResumedFrom: { } resumed } && job != resumption)
            {
                resumption = job;
                if (metrics.Step > resumed)
                    rewoundTo = resumed;
                metrics.Rewind(resumed);
            }

            var points = metrics.Take((await services.Metrics.HistoryAsync(Id, metrics.ReadAfter, cancellation: cancellation)).Values.SelectMany(history => history));
            var lines = await NewLinesAsync(afterLogSequence, rewoundTo, cancellation);
            afterLogSequence = lines.Length > 0 ? Math.Max(afterLogSequence, lines[^1].Sequence) : afterLogSequence;

            var next = new RunEvent(
                status, progress.Step, progress.TotalSteps, progress.Epoch, progress.Epochs, progress.TrainingSeconds, [.. points.Select(EventOf)], [.. lines.Select(EventOf)], rewoundTo);
            if (last is null || points.Length > 0 || lines.Length > 0 || rewoundTo is not null || next.Status != last.Status || next.Step != last.Step)
                yield return last = next;
            if (status.IsFinal())
                yield break;
            await Task.Delay(options.Tick, services.Time, cancellation);
        }
    }

    /// <summary>Lines that the watcher has not had; after a rewind also those that it is to drop with the rest beyond the step, but which are still in the log.</summary>
    private async Task<LogLine[]> NewLinesAsync(long afterSequence, long? rewoundTo, CancellationToken cancellation)
    {
        var lines = await services.Logs.ReadAsync(Id, rewoundTo is null ? afterSequence : 0, cancellation: cancellation);
        return [.. lines.Where(line => line.Sequence > afterSequence || line.Step > rewoundTo)];
    }

    private static EventPoint EventOf(MetricPoint point) => new(point.Key, point.Step, point.Value, point.Time);

    private static EventLine EventOf(LogLine line) => new(line.Sequence, line.Step, line.Time, line.Severity, line.Message);
}
