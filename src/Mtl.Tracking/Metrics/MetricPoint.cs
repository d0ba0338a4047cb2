namespace Mtl.Tracking.Metrics;

/// <summary>One measured value. A run, key and step may have several.</summary>
/// <param name="Key"><c>{task}/{split}_{metric}</c> (<c>income/val_roc_auc</c>), <c>{task}/weight</c>, <c>{a}~{b}/gradient_cosine</c> for a pair of tasks, or <c>all/…</c>.</param>
/// <param name="Step">Optimiser steps done when it was measured.</param>
/// <param name="Value">May be NaN or infinite.</param>
public readonly record struct MetricPoint(string Key, long Step, double Value, DateTimeOffset Time);
