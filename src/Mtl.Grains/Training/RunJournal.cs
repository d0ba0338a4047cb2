using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Grains.Training;

/// <summary>
/// What one run has measured and said and is not yet in the store: written in batches, and always before a checkpoint, so that a checkpoint never knows of a step whose points are lost.
/// Used by the training thread alone.
/// </summary>
internal sealed class RunJournal(string runId, IMetricStore metrics, ILogStore logs, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly List<MetricPoint> points = [];
    private readonly List<LogLine> lines = [];
    private long flushedAt = time.GetTimestamp();
    private long rewoundTo;
    private IReadOnlySet<string> known = new HashSet<string>();

    public void Add(long step, IEnumerable<(string Key, double Value)> values)
    {
        var now = time.GetUtcNow();
        points.AddRange(values.Where(value => step != rewoundTo || !known.Contains(value.Key)).Select(value => new MetricPoint(value.Key, step, value.Value, now)));
    }

    public void Say(long step, LogSeverity severity, string message) => lines.Add(new LogLine(0, step, time.GetUtcNow(), severity, message));

    public bool IsDue => (points.Count > 0 || lines.Count > 0) && time.GetElapsedTime(flushedAt) > Patience;

    public async Task FlushAsync()
    {
        if (points.Count > 0)
            await metrics.AppendAsync(runId, points);
        if (lines.Count > 0)
            await logs.AppendAsync(runId, lines);
        points.Clear();
        lines.Clear();
        flushedAt = time.GetTimestamp();
    }

    /// <summary>
    /// Forgets what lies beyond <paramref name="step"/>, here and in the store. What the store holds at this very step may have been measured before the checkpoint or after it (an epoch's
    /// evaluation, which is then done again); being the same, it is not added twice.
    /// </summary>
    public async Task RewindAsync(long step)
    {
        points.Clear();
        lines.Clear();
        await metrics.RewindAsync(runId, step);
        (rewoundTo, known) = (step, (await metrics.HistoryAsync(runId, afterStep: step - 1)).Keys.ToHashSet());
    }
}
