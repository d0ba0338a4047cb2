using Mtl.Core.Definitions;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Dashboard.Models;

/// <summary>The cosine between two tasks' gradients.</summary>
/// <param name="Latest">At the last record, −1 to 1; negative where they conflict.</param>
/// <param name="Mean">Over all records.</param>
public sealed record GradientCosine(double Latest, double Mean);

/// <summary>What a run has recorded of its tasks' gradients of the shared parameters: cosines as a matrix, conflict rate and norms as curves.</summary>
/// <param name="Tasks">Their names, in the definition's order.</param>
/// <param name="Rows">A row per task, a cell per task: null on the diagonal and where the pair was not recorded; empty when no pair was.</param>
/// <param name="Charts">Curves over the steps.</param>
/// <param name="Records">How often the pairs were recorded.</param>
public sealed record GradientBoard(IReadOnlyList<string> Tasks, IReadOnlyList<IReadOnlyList<GradientCosine?>> Rows, IReadOnlyList<CurveChart> Charts, int Records)
{
    /// <summary>The norm of a task's gradient: <c>{task}/gradient_norm</c>.</summary>
    public const string Norm = "gradient_norm";

    private const string Cosine = "gradient_cosine";
    private const string Conflicts = "conflict_rate";

    /// <summary>Architectures whose tasks share no parameters.</summary>
    private static readonly string[] Apart = ["stl"];

    /// <summary>Optimisers that look at all rows at once.</summary>
    private static readonly string[] FullBatch = ["gd", "lbfgs"];

    public bool IsEmpty => Rows.Count == 0 && Charts.Count == 0;

    /// <summary>Why nothing has been recorded, or nothing yet; null where there are no shared parameters to look at.</summary>
    /// <param name="tasks">How many tasks the run has.</param>
    /// <param name="isOver">The run does no more steps.</param>
    public static string? Absence(ExperimentDefinition definition, int tasks, RunProgress progress, bool isOver)
    {
        if (tasks < 2 || !definition.IsNetwork() || Apart.Contains(definition.Architecture.Key))
            return null;
        if (definition.Training.AnalysisEvery == 0)
            return "Not recorded: training.analysisEvery is 0. Give it a number of steps to see how the tasks' gradients stand to each other.";
        if (FullBatch.Contains(definition.Optimizer.Key))
            return $"Not recorded: optimizer '{definition.Optimizer.Key}' looks at all rows at once, so there are no gradients of batches.";
        var first = definition.Training.AnalysisEvery * (long)((tasks + 7) / 8);
        long? total = isOver ? progress.Step : progress.TotalSteps > 0 ? progress.TotalSteps : null;
        if (total < first)
            return $"Not recorded: the run has {Formats.Count(total.Value)} steps, and the first record comes after {Formats.Count(first)}. A smaller training.analysisEvery shows them in short runs.";
        return progress.Step < first ? $"The first record comes after {Formats.Count(first)} steps (training.analysisEvery)." : null;
    }

    /// <summary>With more than <see cref="CurveBoard.MostTogether"/> tasks only what concerns all of them.</summary>
    /// <param name="families">The definition's tasks.</param>
    /// <param name="points">A metric's points.</param>
    public static GradientBoard Of(IReadOnlyList<TaskFamily> families, Func<string, IReadOnlyList<MetricPoint>> points)
    {
        string[] all = [.. families.SelectMany(family => family.Names)];
        var names = all.Length <= CurveBoard.MostTogether ? all : [];
        GradientCosine? Cell(int a, int b) => points($"{names[Math.Min(a, b)]}~{names[Math.Max(a, b)]}/{Cosine}") is { Count: > 0 } history && a != b
            ? new(history[^1].Value, history.Average(point => point.Value))
            : null;
        IReadOnlyList<GradientCosine?>[] rows = [.. names.Select((_, a) => (IReadOnlyList<GradientCosine?>)[.. names.Select((_, b) => Cell(a, b))])];

        List<CurveChart> charts = [];
        CurveSeries[] together = [.. new[] { (Key: $"{MetricKey.All}/{Conflicts}", Label: "conflict rate", Colour: 0), (Key: $"{MetricKey.All}/{Cosine}", Label: "mean cosine", Colour: 2) }
            .Where(series => points(series.Key).Count > 0).Select(series => new CurveSeries(series.Key, series.Label, series.Colour))];
        if (together.Length > 0)
            charts.Add(new("gradient-conflicts", "Conflict rate and mean cosine", MetricKey.All, Conflicts, together, []));
        CurveSeries[] norms = [.. names.Select((name, i) => new CurveSeries($"{name}/{Norm}", name, CurveBoard.Distinct(i))).Where(series => points(series.Key).Count > 0)];
        if (norms.Length > 0)
            charts.Add(new("gradient-norms", "Gradient norms", MetricKey.All, Norm, norms, []));
        return new(names, rows.Any(row => row.Any(cell => cell is not null)) ? rows : [], charts, points($"{MetricKey.All}/{Cosine}").Count);
    }
}
