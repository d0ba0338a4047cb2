namespace Mtl.Learning.Training;

/// <summary>One measured value.</summary>
/// <param name="Key"><c>{task}/{split}_{metric}</c> (<c>income/val_roc_auc</c>), <c>{task}/weight</c>, <c>{a}~{b}/gradient_cosine</c> for a pair of tasks, or <c>all/…</c> for what concerns all tasks.</param>
/// <param name="Value">May be NaN or infinite.</param>
public readonly record struct MetricValue(string Key, double Value);
