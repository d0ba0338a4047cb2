using System.Runtime.CompilerServices;
using Mtl.Grains.Contracts;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Grains;

public sealed partial class RunGrain
{
    /// <summary>Reads what is new from the store, where the training thread has put it, and adds where training stands.</summary>
    public async IAsyncEnumerable<RunEvent> Watch(long afterStep, long afterLogSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var resumedSeen = job?.ResumedFrom;
        RunEvent? last = null;
        while (run is not null)
        {
            var status = run.Status;
            var progress = job?.Progress ?? run.Progress;
            long? rewoundTo = null;
            if (job?.ResumedFrom is { } resumed && resumed != resumedSeen)
            {
                resumedSeen = resumed;
                if (afterStep > resumed)
                    (rewoundTo, afterStep) = (resumed, resumed);
            }

            var points = (await services.Metrics.HistoryAsync(Id, afterStep, cancellation: cancellation)).Values.SelectMany(history => history).OrderBy(point => point.Step).ToArray();
            var lines = await services.Logs.ReadAsync(Id, afterLogSequence, cancellation: cancellation);
            afterStep = points.Length > 0 ? points[^1].Step : afterStep;
            afterLogSequence = lines.Count > 0 ? lines[^1].Sequence : afterLogSequence;

            var next = new RunEvent(
                status, progress.Step, progress.TotalSteps, progress.Epoch, progress.Epochs, progress.TrainingSeconds, [.. points.Select(EventOf)], [.. lines.Select(EventOf)], rewoundTo);
            if (last is null || points.Length > 0 || lines.Count > 0 || rewoundTo is not null || next.Status != last.Status || next.Step != last.Step)
                yield return last = next;
            if (status.IsFinal())
                yield break;
            await Task.Delay(options.Tick, services.Time, cancellation);
        }
    }

    private static EventPoint EventOf(MetricPoint point) => new(point.Key, point.Step, point.Value, point.Time);

    private static EventLine EventOf(LogLine line) => new(line.Sequence, line.Step, line.Time, line.Severity, line.Message);
}
