using Mtl.Application.Runs;
using Mtl.Tracking.Runs;

namespace Mtl.Dashboard.Models;

/// <summary>A row of the comparison: one test metric of one task, a value per run, and which is best.</summary>
public sealed record MetricRow(string Task, string Metric, IReadOnlyList<double?> Values, int? Best);

/// <summary>A row of the differences: a path of the definition, a value per run.</summary>
public sealed record DifferenceRow(string Path, IReadOnlyList<string> Values);

/// <summary>Several runs of an experiment side by side, in the order given.</summary>
/// <param name="keys">The metric keys that any of them has a curve for.</param>
public sealed class RunComparison(IReadOnlyList<RunDetails> runs, IReadOnlyList<string> keys)
{
    /// <summary>Paths that say nothing of what a run computes.</summary>
    private static readonly string[] Unimportant = ["name", "description", "baselines", "training.checkpointSeconds"];

    public IReadOnlyList<RunDetails> Runs { get; } = runs;

    /// <summary>The curves that can be laid over each other, by task, what concerns all first.</summary>
    public IReadOnlyList<string> Keys() => [.. keys.Where(key => MetricKey.Parse(key).Split != "test").OrderBy(key => MetricKey.Parse(key).Task == MetricKey.All ? 0 : 1).ThenBy(key => key, StringComparer.Ordinal)];

    /// <summary>Every test metric that any of the runs has, in the order of the runs' results.</summary>
    public IReadOnlyList<MetricRow> Metrics() =>
    [
        .. Runs.SelectMany(run => run.Result?.Tasks ?? [])
            .SelectMany(task => task.Metrics.Keys.Select(metric => (task.Task, Metric: metric)))
            .Distinct()
            .GroupBy(row => row.Task)
            .SelectMany(group => group)
            .Select(row => Row(row.Task, row.Metric)),
    ];

    /// <summary>What the runs were told differently.</summary>
    public IReadOnlyList<DifferenceRow> Differences()
    {
        var leaves = Runs.Select(run => (run.Definition is { } definition ? DefinitionText.Leaves(definition) : []).ToDictionary(leaf => leaf.Path, leaf => leaf.Value)).ToArray();
        return
        [
            .. leaves.SelectMany(run => run.Keys).Distinct().Except(Unimportant)
                .Select(path => new DifferenceRow(path, [.. leaves.Select(run => run.GetValueOrDefault(path, ""))]))
                .Where(row => row.Values.Distinct().Count() > 1),
        ];
    }

    /// <summary>The runs compared when none were picked: the newest completed ones, the baseline last.</summary>
    public static IReadOnlyList<string> Usual(IReadOnlyList<RunSummary> runs)
    {
        var completed = runs.Where(run => run.Status == RunStatus.Completed).ToArray();
        return [.. completed.Where(run => run.Kind == RunKind.MultiTask).Take(3).Concat(completed.Where(run => run.Kind == RunKind.Baseline).Take(1)).Select(run => run.Id)];
    }

    private MetricRow Row(string task, string metric)
    {
        double?[] values =
        [
            .. Runs.Select(run => run.Result?.Tasks.FirstOrDefault(result => result.Task == task)?.Metrics is { } metrics && metrics.TryGetValue(metric, out var value)
                ? value
                : (double?)null),
        ];
        return new(task, metric, values, MetricNames.Best(metric, values));
    }
}
