namespace Mtl.Tracking.Metrics;

/// <summary>
/// How far a reader has come in a run's metrics. The points of one step can be written at different times, so the last step read is read again and what is known of it left out.
/// Not thread-safe.
/// </summary>
public sealed class MetricCursor(long afterStep)
{
    private readonly HashSet<string> knownAtStep = [];

    /// <summary>The last step read.</summary>
    public long Step { get; private set; } = afterStep;

    /// <summary>The step after which to read next.</summary>
    public long ReadAfter => knownAtStep.Count == 0 ? Step : Step - 1;

    /// <summary>The points among <paramref name="read"/> that are new, by step; they count as read from now on.</summary>
    public MetricPoint[] Take(IEnumerable<MetricPoint> read)
    {
        MetricPoint[] fresh = [.. read.Where(point => point.Step > Step || (point.Step == Step && !knownAtStep.Contains(point.Key))).OrderBy(point => point.Step)];
        if (fresh.Length == 0)
            return fresh;
        if (fresh[^1].Step > Step)
            knownAtStep.Clear();
        Step = fresh[^1].Step;
        knownAtStep.UnionWith(fresh.Where(point => point.Step == Step).Select(point => point.Key));
        return fresh;
    }

    /// <summary>Forgets all beyond <paramref name="step"/>.</summary>
    public void Rewind(long step)
    {
        if (step >= Step)
            return;
        Step = step;
        knownAtStep.Clear();
    }
}
