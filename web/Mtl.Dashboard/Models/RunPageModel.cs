using Mtl.Application.Runs;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Dashboard.Models;

/// <summary>
/// What the run page knows: the run's details, and its state, curves and log, brought up to date by folding in <see cref="RunUpdate"/>s as they come.
/// </summary>
public sealed class RunPageModel
{
    /// <summary>Most points kept for one curve; beyond, every second one goes.</summary>
    public const int MaximumPoints = 8000;

    /// <summary>Most log lines kept; the oldest go first.</summary>
    public const int MaximumLines = 5000;

    private static readonly RunCommand[] PersonCommands = [RunCommand.Pause, RunCommand.Resume, RunCommand.Cancel];

    private readonly Dictionary<string, List<MetricPoint>> points;
    private readonly List<LogLine> log;

    public RunPageModel(RunDetails details, IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>> histories, IReadOnlyList<LogLine> log)
    {
        Details = details;
        Status = details.Summary.Status;
        Progress = details.Summary.Progress;
        SecondsLeft = details.Summary.SecondsLeft;
        points = histories.ToDictionary(history => history.Key, history => history.Value.ToList());
        this.log = [.. log];
    }

    public RunDetails Details { get; private set; }

    public RunStatus Status { get; private set; }

    public RunProgress Progress { get; private set; }

    public double? SecondsLeft { get; private set; }

    public IReadOnlyList<LogLine> Log => log;

    public IEnumerable<string> Keys => points.Keys;

    /// <summary>
    /// Where watching goes on: the last step that has a point, less one, because a later measurement of the same step (validation after the last batch of an epoch)
    /// may be missing still; points that come twice replace each other. A client's metrics have steps of their own, so that all of them are asked for.
    /// </summary>
    public long WatchAfterStep => IsTracked ? 0 : Math.Max(0, points.Values.Select(history => history.Count == 0 ? 0 : history[^1].Step).DefaultIfEmpty(0).Max() - 1);

    /// <summary>The greatest step that has a point; 0 before the first.</summary>
    public long LastStep => points.Values.Select(history => history.Count == 0 ? 0 : history[^1].Step).DefaultIfEmpty(0).Max();

    public long WatchAfterLine => log.Count == 0 ? 0 : log[^1].Sequence;

    /// <summary>Done part of the whole, 0 to 1; a completed run is whole even where it stopped early.</summary>
    public double Fraction => Status == RunStatus.Completed ? 1 : Progress.Fraction();

    /// <summary>What a person can ask of the run now.</summary>
    public IEnumerable<RunCommand> Commands => Status.Allowed().Intersect(IsTracked ? [RunCommand.Cancel] : PersonCommands);

    /// <summary>The run is over, and something that follows (the exported model, Δm against a baseline still training) has yet to come.</summary>
    public bool AwaitsMore => Status == RunStatus.Completed && Details.Summary.Kind != RunKind.Tracked &&
        (Details.Result is null || Details.Model.Length == 0 || (Details.Comparison is null && Details.Summary.Kind == RunKind.MultiTask && Details.Definition is { Baselines: true }));

    private bool IsTracked => Details.Summary.Kind == RunKind.Tracked;

    public IReadOnlyList<MetricPoint> Points(string key) => points.TryGetValue(key, out var history) ? history : [];

    /// <summary>Takes newer details, keeping what updates have brought of curves and log.</summary>
    public void Renew(RunDetails details) => (Details, Status, Progress, SecondsLeft) = (details, details.Summary.Status, details.Summary.Progress, details.Summary.SecondsLeft);

    /// <summary>Folds an update in; gives back what the charts have to draw anew.</summary>
    public CurveChange Fold(RunUpdate update)
    {
        (Status, Progress, SecondsLeft) = (update.Status, update.Progress, update.SecondsLeft);
        if (update.RewoundTo is { } step)
            Rewind(step);

        var added = new Dictionary<string, List<MetricPoint>>();
        foreach (var point in update.Points.Where(Add))
        {
            if (!added.TryGetValue(point.Key, out var list))
                added[point.Key] = list = [];
            list.Add(point);
        }

        log.AddRange(update.Log.Where(line => line.Sequence > WatchAfterLine));
        if (log.Count > MaximumLines)
            log.RemoveRange(0, log.Count - MaximumLines);
        return new CurveChange(update.RewoundTo, added.ToDictionary(item => item.Key, item => CurveData.Of(item.Value)));
    }

    private void Rewind(long step)
    {
        foreach (var history in points.Values)
            history.RemoveAll(point => point.Step > step);
        log.RemoveAll(line => line.Step > step);
    }

    /// <summary>Adds a point in step order; a point that is known already changes nothing.</summary>
    private bool Add(MetricPoint point)
    {
        if (!points.TryGetValue(point.Key, out var history))
            points[point.Key] = history = [];
        if (history.Count > 0 && history[^1].Step >= point.Step)
            return false;
        history.Add(point);
        if (history.Count > MaximumPoints)
            points[point.Key] = [.. history.Where((_, i) => i % 2 == 0 || i == history.Count - 1)];
        return true;
    }
}
