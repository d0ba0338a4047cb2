using Mtl.Core.Definitions;

namespace Mtl.Tracking.Runs;

/// <summary>A completed run's results on the test rows. Kept as <c>result.json</c> among the run's artifacts.</summary>
/// <param name="BestEpoch">The epoch whose parameters were kept (of the whole model; for baselines, the latest of the tasks').</param>
/// <param name="Parameters">Number of trained parameters.</param>
public sealed record RunResult(IReadOnlyList<TaskResult> Tasks, int BestEpoch, long Parameters, double TrainingSeconds)
{
    /// <summary>The results of each template over the rows of all the tasks that it was written out to, under the template's name; empty where there are no templates.</summary>
    public IReadOnlyList<TaskResult> Pooled { get; init; } = [];

    /// <summary>What a cross-validation found before training; null where there was none.</summary>
    public CrossValidationResult? CrossValidation { get; init; }
}

/// <summary>One task's results on the test rows.</summary>
/// <param name="Metrics">Metric key without split (<c>roc_auc</c>) → value, in the column's units; in the order shown.</param>
/// <param name="Labels">The labels of a classification task; empty for regression.</param>
/// <param name="Confusion">Row = true label, column = predicted label, in the order of <paramref name="Labels"/>; null for regression.</param>
public sealed record TaskResult(string Task, TaskKind Kind, IReadOnlyDictionary<string, double> Metrics, IReadOnlyList<string> Labels, IReadOnlyList<IReadOnlyList<long>>? Confusion);
