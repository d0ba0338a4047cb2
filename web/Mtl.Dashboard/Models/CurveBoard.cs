using Mtl.Core.Definitions;

namespace Mtl.Dashboard.Models;

/// <summary>One line of a chart.</summary>
/// <param name="Key">The metric key, or run and key, that its points come under.</param>
/// <param name="Colour">Index into the chart palette.</param>
public sealed record CurveSeries(string Key, string Label, int Colour, bool IsDashed = false);

/// <summary>One chart of the run page.</summary>
/// <param name="Task">The task it belongs to; <see cref="MetricKey.All"/> for all.</param>
/// <param name="Choices">Metrics that can be shown in its place; empty when there is no choice.</param>
public sealed record CurveChart(string Id, string Title, string Task, string Metric, IReadOnlyList<CurveSeries> Series, IReadOnlyList<string> Choices);

/// <summary>Which charts a run's metric keys make: the total loss, the loss and one metric of each task, and the task weights.</summary>
public static class CurveBoard
{
    private const string Loss = "loss";
    private const string Weight = "weight";

    /// <param name="chosen">Task → metric to show for it, where not the usual one.</param>
    public static IReadOnlyList<CurveChart> Charts(
        IReadOnlyList<TaskDefinition> tasks, IEnumerable<string> keys, IReadOnlyDictionary<string, string> chosen, Func<string, string> title)
    {
        var byTask = keys.Select(MetricKey.Parse).Where(key => key.Split != "test").ToLookup(key => key.Task);
        var charts = new List<CurveChart>();
        if (tasks.Count > 1 && byTask[MetricKey.All].Any(key => key.Name == Loss))
            charts.Add(Splits("all-loss", "Loss, all tasks", MetricKey.All, Loss, byTask[MetricKey.All], []));

        foreach (var task in tasks)
        {
            var ofTask = byTask[task.Name].ToArray();
            if (ofTask.Any(key => key.Name == Loss))
                charts.Add(Splits($"{task.Name}-loss", "Loss", task.Name, Loss, ofTask, []));
            string[] metrics = [.. ofTask.Select(key => key.Name).Where(name => name is not (Loss or Weight or GradientBoard.Norm)).Distinct()];
            if (metrics.Length == 0)
                continue;
            var metric = chosen.TryGetValue(task.Name, out var wanted) && metrics.Contains(wanted)
                ? wanted
                : metrics.FirstOrDefault(metric => metric == PrimaryMetric.Of(task.Kind)) ?? metrics[0];
            charts.Add(Splits($"{task.Name}-{metric}", title(metric), task.Name, metric, ofTask, metrics));
        }

        CurveSeries[] weights = [.. tasks.Select((task, i) => (task, i)).Where(item => byTask[item.task.Name].Any(key => key.Name == Weight))
            .Select(item => new CurveSeries($"{item.task.Name}/{Weight}", item.task.Name, Distinct(item.i)))];
        if (weights.Length > 0)
            charts.Add(new("weights", "Task weights", MetricKey.All, Weight, weights, []));
        return charts;
    }

    /// <summary>The palette's colour for the i-th of several equal curves: all but the grey one.</summary>
    public static int Distinct(int i) => i == 0 ? 0 : i + 1;

    /// <summary>Training dashed in grey-blue, validation solid in the accent colour.</summary>
    private static CurveChart Splits(string id, string title, string task, string metric, IEnumerable<MetricKey> keys, IReadOnlyList<string> choices) =>
        new(id, title, task, metric, [.. keys.Where(key => key.Name == metric).OrderBy(key => key.Split).Select(key =>
            key.Split == "train" ? new CurveSeries($"{key}", "train", 1, IsDashed: true) : new CurveSeries($"{key}", "validation", 0))], choices);
}
