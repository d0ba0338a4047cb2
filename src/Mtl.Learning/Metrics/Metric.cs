using Mtl.Core.Definitions;

namespace Mtl.Learning.Metrics;

/// <summary>A figure of merit of one task's predictions over a whole split.</summary>
/// <param name="Key">Its catalogue key, and the last part of metric keys (<c>roc_auc</c> in <c>income/val_roc_auc</c>).</param>
/// <param name="HigherIsBetter">Its direction; null where neither is better.</param>
/// <param name="Kinds">The kinds of task it is for.</param>
/// <param name="Formula">Computes it from predictions that are measurable; NaN where it is undefined.</param>
public sealed record Metric(string Key, bool? HigherIsBetter, IReadOnlyList<TaskKind> Kinds, MetricFormula Formula)
{
    /// <summary>
    /// The metric, or NaN where it is undefined: no labelled row, a prediction that is not finite, or the case that the metric itself names. A NaN is reported as absent.
    /// </summary>
    public double Of(Predictions predictions) => predictions.AreMeasurable() ? Formula(predictions) : double.NaN;
}

/// <summary>Computes a metric from measurable predictions.</summary>
public delegate double MetricFormula(Predictions predictions);
