using System.Runtime.CompilerServices;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Runs;

/// <summary>
/// Watches a run that a client logs: nobody here trains it, so the store is looked at a few times a second. What is new is told by each metric's number of points; a client may log a step late or
/// several times, and metrics have steps of their own.
/// </summary>
internal sealed class TrackedRunWatch(IRunStore runs, IMetricStore metrics, IMetricReader reader, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>Most new points of a metric told at once; a chart that wants all reads the history.</summary>
    private const int MostPoints = 2000;

    public async IAsyncEnumerable<RunUpdate> ChangesAsync(string runId, long afterStep, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var known = new Dictionary<string, MetricSummary>();
        RunStatus? told = null;
        while (true)
        {
            var run = await runs.GetAsync(runId, cancellation);
            if (!run.IsSuccess)
                yield break;

            // The status is read before the points, so that the last update has all that was logged before the run's end.
            var now = await SummariesAsync(runId, cancellation);
            var points = told is null ? await FirstAsync(runId, afterStep, cancellation) : await NewAsync(runId, known, now, cancellation);
            known = now;
            var status = run.Value.Status;
            if (points.Count > 0 || status != told)
            {
                var progress = run.Value.Progress with { Step = now.Values.Select(summary => summary.Last.Step).DefaultIfEmpty(0).Max() };
                yield return new RunUpdate(status, progress, null, points, []);
                told = status;
            }

            if (status.IsFinal())
                yield break;
            await Task.Delay(Pause, time, cancellation);
        }
    }

    private async Task<Dictionary<string, MetricSummary>> SummariesAsync(string runId, CancellationToken cancellation) =>
        (await reader.SummariesAsync([runId], cancellation)).TryGetValue(runId, out var summaries) ? new(summaries) : [];

    private async Task<IReadOnlyList<MetricPoint>> FirstAsync(string runId, long afterStep, CancellationToken cancellation)
    {
        // A reader that has nothing yet asks for what is after step 0; clients log at step 0 too, and below it.
        var histories = await metrics.HistoryAsync(runId, afterStep == 0 ? long.MinValue : afterStep, MostPoints, cancellation);
        return [.. histories.Values.SelectMany(history => history).OrderBy(point => point.Step).ThenBy(point => point.Time)];
    }

    private async Task<IReadOnlyList<MetricPoint>> NewAsync(string runId, Dictionary<string, MetricSummary> known, Dictionary<string, MetricSummary> now, CancellationToken cancellation)
    {
        var points = new List<MetricPoint>();
        foreach (var (key, summary) in now)
        {
            var before = known.GetValueOrDefault(key);
            if (before?.Count != summary.Count)
                points.AddRange(await reader.PageAsync(runId, key, before?.Last, MostPoints, cancellation));
        }

        return points;
    }
}
