using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Learning.Catalogue;

namespace Mtl.Learning.Metrics;

/// <summary>The metrics, a row each, and which of them a task of each kind has.</summary>
public static class MetricTable
{
    private static readonly TaskKind[] Numbers = [TaskKind.Regression];
    private static readonly TaskKind[] Binary = [TaskKind.Binary];
    private static readonly TaskKind[] Multiclass = [TaskKind.Multiclass];
    private static readonly TaskKind[] Classes = [TaskKind.Binary, TaskKind.Multiclass];

    public static MethodTable<Metric> Methods { get; } = new(MethodKind.Metric)
    {
        {
            "r2", "R²",
            "Share of the targets' variance that is explained; undefined where all targets are equal.",
            "1 − Σ(y − ŷ)² / Σ(y − ȳ)²",
            "Wright, Correlation and causation, 1921",
            (NoOptions _) => new Metric("r2", true, Numbers, RegressionMetrics.R2)
        },
        {
            "rmse", "Root mean squared error",
            "Typical error in the target's unit, large errors counting more.",
            "√(mean (y − ŷ)²)",
            "Gauss, Theoria combinationis observationum, 1823",
            (NoOptions _) => new Metric("rmse", false, Numbers, RegressionMetrics.Rmse)
        },
        {
            "mae", "Mean absolute error",
            "Mean error in the target's unit.",
            "mean |y − ŷ|",
            "Laplace, Théorie analytique des probabilités, 1812",
            (NoOptions _) => new Metric("mae", false, Numbers, RegressionMetrics.Mae)
        },
        {
            "roc_auc", "Area under the ROC curve",
            "Chance that a positive row scores above a negative one, ties counting half; undefined unless both labels occur.",
            "P(score⁺ > score⁻) + ½·P(score⁺ = score⁻)",
            "Hanley and McNeil, Radiology 1982",
            (NoOptions _) => new Metric("roc_auc", true, Binary, RocAuc.Of)
        },
        {
            "accuracy", "Accuracy",
            "Share of rows whose most probable label is the true one.",
            "mean [ŷ = y]",
            "Sokolova and Lapalme, Information Processing & Management 2009",
            (NoOptions _) => new Metric("accuracy", true, Classes, predictions => new LabelCounts(predictions).Accuracy)
        },
        {
            "balanced_accuracy", "Balanced accuracy",
            "Mean recall over the labels that occur.",
            "mean over labels c of P(ŷ = c | y = c)",
            "Brodersen et al., The Balanced Accuracy and Its Posterior Distribution, ICPR 2010",
            (NoOptions _) => new Metric("balanced_accuracy", true, Classes, predictions => new LabelCounts(predictions).BalancedAccuracy)
        },
        {
            "f1", "F1",
            "Harmonic mean of the positive label's precision and recall; 0 where it neither occurs nor is predicted.",
            "2·tp / (2·tp + fp + fn)",
            "van Rijsbergen, Information Retrieval, 1979",
            (NoOptions _) => new Metric("f1", true, Binary, predictions => new LabelCounts(predictions).F1(1))
        },
        {
            "f1_macro", "Macro F1",
            "Mean F1 over the labels that occur or are predicted.",
            "mean over labels of 2·tp / (2·tp + fp + fn)",
            "Sokolova and Lapalme, Information Processing & Management 2009",
            (NoOptions _) => new Metric("f1_macro", true, Multiclass, predictions => new LabelCounts(predictions).MacroF1)
        },
        {
            "log_loss", "Log loss",
            "Mean negative logarithm of the true label's probability, clipped at 2⁻²³.",
            "−mean ln p(y)",
            "Good, Rational Decisions, Journal of the Royal Statistical Society 1952",
            (NoOptions _) => new Metric("log_loss", false, Classes, LogLoss.Of)
        },
    };

    private static readonly Dictionary<TaskKind, IReadOnlyList<Metric>> ByKind = Enum.GetValues<TaskKind>().ToDictionary(
        kind => kind,
        kind => (IReadOnlyList<Metric>)[.. Methods.Select(info => Find(info.Key)).Where(metric => metric.Kinds.Contains(kind))]);

    /// <summary>All metrics of a kind of task, in the order they are shown.</summary>
    public static IReadOnlyList<Metric> For(TaskKind kind) => ByKind[kind];

    /// <summary>
    /// The metric that stands for a task where one figure is wanted (Δm, comparisons): RMSE rather than R² for regression, as a relative change of R² says nothing where the baseline is
    /// near or below 0.
    /// </summary>
    public static Metric PrimaryOf(TaskKind kind) => Find(PrimaryMetric.Of(kind));

    private static Metric Find(string key) => Methods.Create(new Choice(key)).Value;
}
