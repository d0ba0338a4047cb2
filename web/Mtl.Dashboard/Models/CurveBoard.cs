using Mtl.Core.Definitions;

namespace Mtl.Dashboard.Models;

/// <summary>One line of a chart.</summary>
/// <param name="Key">The metric key, or run and key, that its points come under.</param>
/// <param name="Colour">Index into the chart palette.</param>
public sealed record CurveSeries(string Key, string Label, int Colour, bool IsDashed = false)
{
    /// <summary>An edge of another curve's band: it is not drawn by itself.</summary>
    public bool IsEdge { get; init; }

    /// <summary>Keys of the upper and the lower edge of the band around this curve; null for none.</summary>
    public (string High, string Low)? Band { get; init; }
}

/// <summary>One chart of the run page.</summary>
/// <param name="Task">The task it belongs to; <see cref="MetricKey.All"/> for all.</param>
/// <param name="Choices">Metrics that can be shown in its place; empty when there is no choice.</param>
/// <param name="IsLog">Its values are shown in powers of ten.</param>
public sealed record CurveChart(string Id, string Title, string Task, string Metric, IReadOnlyList<CurveSeries> Series, IReadOnlyList<string> Choices, bool IsLog = false);

/// <summary>
/// Which charts a run's metric keys make: the total loss, a solver's objective and how far it is from the least one, the loss and one metric of each task, and the task weights. A template has the charts
/// of all its tasks together, or of one of them.
/// </summary>
public static class CurveBoard
{
    private const string Loss = "loss";
    private const string Weight = "weight";
    private const string Objective = "objective";
    private const string Gap = "duality_gap";
    private const string Residual = "optimality_residual";

    /// <summary>With more tasks a chart with a curve for each can't be read.</summary>
    public const int MostTogether = 16;

    /// <param name="families">The definition's tasks.</param>
    /// <param name="keys">The run's metric keys.</param>
    /// <param name="chosen">Task → metric to show for it, where not the usual one.</param>
    /// <param name="shown">Template → the one of its tasks to show, where not all together.</param>
    /// <param name="title">What a metric is called.</param>
    public static IReadOnlyList<CurveChart> Charts(
        IReadOnlyList<TaskFamily> families, IEnumerable<string> keys, IReadOnlyDictionary<string, string> chosen, IReadOnlyDictionary<string, string> shown, Func<string, string> title)
    {
        var byTask = keys.Select(MetricKey.Parse).Where(key => key.Split != "test").ToLookup(key => key.Task);
        string[] names = [.. families.SelectMany(family => family.Names)];
        var charts = new List<CurveChart>();
        if (names.Length > 1 && byTask[MetricKey.All].Any(key => key.Name == Loss))
            charts.Add(Splits("all-loss", "Loss, all tasks", MetricKey.All, Loss, byTask[MetricKey.All], []));
        if (byTask[MetricKey.All].Any(key => key.Name == Objective))
            charts.Add(new("objective", "Objective", MetricKey.All, Objective, [new($"{MetricKey.All}/{Objective}", "objective", 0)], []));
        CurveSeries[] distances = [.. new[] { (Name: Gap, Colour: 0), (Name: Residual, Colour: 2) }.Where(item => byTask[MetricKey.All].Any(key => key.Name == item.Name))
            .Select(item => new CurveSeries($"{MetricKey.All}/{item.Name}", Formats.Words(item.Name).ToLowerInvariant(), item.Colour))];
        if (distances.Length > 0)
            charts.Add(new("convergence", "Distance from the optimum", MetricKey.All, Gap, distances, [], IsLog: true));

        foreach (var family in families)
            charts.AddRange(OfTask(family, byTask, chosen, shown, title));

        CurveSeries[] weights = [.. names.Select((name, i) => (name, i)).Where(item => byTask[item.name].Any(key => key.Name == Weight))
            .Select(item => new CurveSeries($"{item.name}/{Weight}", item.name, Distinct(item.i)))];
        if (weights.Length is > 0 and <= MostTogether)
            charts.Add(new("weights", "Task weights", MetricKey.All, Weight, weights, []));
        return charts;
    }

    private static IEnumerable<CurveChart> OfTask(
        TaskFamily family, ILookup<string, MetricKey> byTask, IReadOnlyDictionary<string, string> chosen, IReadOnlyDictionary<string, string> shown, Func<string, string> title)
    {
        var task = family.Task;
        var member = shown.TryGetValue(task.Name, out var asked) && family.Members.Contains(asked) ? asked : null;
        var (name, ofTask) = (member ?? task.Name, byTask[member ?? task.Name].ToArray());
        if (ofTask.Any(key => key.Name == Loss))
            yield return Splits($"{name}-loss", "Loss", task.Name, Loss, ofTask, []);
        string[] metrics = [.. ofTask.Select(key => key.Name).Where(key => key != Loss && (member is not null || key is not (Weight or GradientBoard.Norm))).Distinct()];
        if (metrics.Length == 0)
            yield break;
        var metric = chosen.TryGetValue(task.Name, out var wanted) && metrics.Contains(wanted)
            ? wanted
            : metrics.FirstOrDefault(metric => metric == PrimaryMetric.Of(task.Kind)) ?? metrics[0];
        yield return Splits($"{name}-{metric}", title(metric), task.Name, metric, ofTask, metrics);
    }

    /// <summary>The palette's colour for the i-th of several equal curves: all but the grey one.</summary>
    public static int Distinct(int i) => i == 0 ? 0 : i + 1;

    /// <summary>Training dashed in grey-blue, validation solid in the accent colour.</summary>
    private static CurveChart Splits(string id, string title, string task, string metric, IEnumerable<MetricKey> keys, IReadOnlyList<string> choices) =>
        new(id, title, task, metric, [.. keys.Where(key => key.Name == metric).OrderBy(key => key.Split).Select(key =>
            key.Split switch
            {
                "train" => new CurveSeries($"{key}", "train", 1, IsDashed: true),
                "" => new CurveSeries($"{key}", Formats.Words(key.Name).ToLowerInvariant(), 0),
                _ => new CurveSeries($"{key}", "validation", 0),
            })], choices);
}
