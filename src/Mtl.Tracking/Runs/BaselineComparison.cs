namespace Mtl.Tracking.Runs;

/// <summary>
/// Kept as <c>comparison.json</c> among the run's artifacts. Δm is the mean over tasks of the signed relative change of the task's primary test metric against its single-task baseline, in percent; positive is better
/// (Maninis et al., 2019).
/// </summary>
/// <param name="BaselineRunId">The run compared with.</param>
/// <param name="DeltaM">Mean over the tasks whose change is defined; null when none is.</param>
public sealed record BaselineComparison(string BaselineRunId, double? DeltaM, IReadOnlyList<TaskComparison> Tasks);

/// <summary>One task's part of Δm.</summary>
/// <param name="Metric">The primary metric compared (<c>roc_auc</c>).</param>
/// <param name="HigherIsBetter">The metric's direction.</param>
/// <param name="DeltaPercent">Signed so that positive is better; null where the baseline's value is zero or undefined.</param>
public sealed record TaskComparison(string Task, string Metric, bool HigherIsBetter, double Value, double Baseline, double? DeltaPercent);
