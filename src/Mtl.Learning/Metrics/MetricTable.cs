using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Learning.Catalogue;

namespace Mtl.Learning.Metrics;

/// <summary>The metrics, a row each, and which of them a task of each kind has.</summary>
public static class MetricTable
{
    private static readonly TaskKind[] Regression = [TaskKind.Regression];
    private static readonly TaskKind[] Numbers = [TaskKind.Regression, TaskKind.Rating, TaskKind.Reconstruction];
    private static readonly TaskKind[] Binary = [TaskKind.Binary];
    private static readonly TaskKind[] Multilabel = [TaskKind.Multilabel];
    private static readonly TaskKind[] Classes = [TaskKind.Binary, TaskKind.Multiclass];
    private static readonly TaskKind[] SeveralLabels = [TaskKind.Multiclass, TaskKind.Multilabel];
    private static readonly TaskKind[] Labelled = [TaskKind.Binary, TaskKind.Multiclass, TaskKind.Multilabel];
    private static readonly TaskKind[] Tagging = [TaskKind.Tagging];
    private static readonly TaskKind[] Counted = [.. Labelled, TaskKind.Rating];

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
            "pr_auc", "Area under the precision-recall curve",
            "Average precision over the different scores as thresholds; undefined where no row is positive.",
            "Σₙ (Rₙ − Rₙ₋₁)·Pₙ",
            "Davis and Goadrich, The Relationship Between Precision-Recall and ROC Curves, ICML 2006",
            (NoOptions _) => new Metric("pr_auc", true, Binary, AveragePrecision.Of)
        },
        {
            "accuracy", "Accuracy",
            "Share of rows whose most probable label is the true one; for several labels, all of which are right; for ratings, which are met when rounded.",
            "mean [ŷ = y]",
            "Sokolova and Lapalme, Information Processing & Management 2009",
            (NoOptions _) => new Metric("accuracy", true, Counted, predictions => predictions.Kind switch
            {
                TaskKind.Multilabel => new MultilabelMetrics(predictions).Accuracy,
                TaskKind.Rating => RegressionMetrics.RoundedAccuracy(predictions),
                _ => new LabelCounts(predictions).Accuracy,
            })
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
            "f1_micro", "Micro F1",
            "F1 over all labels of all rows together; 0 where none occurs or is predicted. (With exactly one label to a row it is the accuracy.)",
            "2·Σtp / (2·Σtp + Σfp + Σfn)",
            "Sokolova and Lapalme, Information Processing & Management 2009",
            (NoOptions _) => new Metric("f1_micro", true, Multilabel, predictions => new MultilabelMetrics(predictions).MicroF1)
        },
        {
            "f1_macro", "Macro F1",
            "Mean F1 over the labels that occur or are predicted; for several labels to a row, over all labels.",
            "mean over labels of 2·tp / (2·tp + fp + fn)",
            "Sokolova and Lapalme, Information Processing & Management 2009",
            (NoOptions _) => new Metric("f1_macro", true, SeveralLabels, predictions =>
                predictions.Kind == TaskKind.Multilabel ? new MultilabelMetrics(predictions).MacroF1 : new LabelCounts(predictions).MacroF1)
        },
        {
            "entity_f1", "Entity F1",
            "Of tagging: F1 over the entities of all texts, which count where type, first and last word are right; tags B-type and I-type as lenient readers take them; 0 where none occurs or is predicted.",
            "2·|true ∩ predicted| / (|true| + |predicted|)",
            "Tjong Kim Sang and De Meulder, Introduction to the CoNLL-2003 Shared Task, CoNLL 2003",
            (NoOptions _) => new Metric("entity_f1", true, Tagging, EntityF1.Of)
        },
        {
            "token_accuracy", "Token accuracy",
            "Of tagging: share of the words whose most probable tag is the true one.",
            "mean over words of [ŷ = y]",
            "Ramshaw and Marcus, Text Chunking using Transformation-Based Learning, 1995",
            (NoOptions _) => new Metric("token_accuracy", true, Tagging, predictions => new LabelCounts(predictions.EachWord()).Accuracy)
        },
        {
            "log_loss", "Log loss",
            "Mean negative logarithm of the true label's probability, clipped at 2⁻²³; for several labels to a row the mean over labels.",
            "−mean ln p(y)",
            "Good, Rational Decisions, Journal of the Royal Statistical Society 1952",
            (NoOptions _) => new Metric("log_loss", false, Labelled, predictions =>
                predictions.Kind == TaskKind.Multilabel ? new MultilabelMetrics(predictions).LogLoss : LogLoss.Of(predictions))
        },
        {
            "brier", "Brier score",
            "Mean squared distance of the probabilities from the truth; over both sides of a binary task the positive one counts.",
            "mean (p − y)²   (binary)\nmean Σ (p_c − y_c)²   (multiclass)",
            "Brier, Verification of Forecasts Expressed in Terms of Probability, Monthly Weather Review 1950",
            (NoOptions _) => new Metric("brier", false, Classes, Calibration.Brier)
        },
        {
            "ece", "Expected calibration error",
            "How far the predicted label's probability is from the frequency with which it is right, over 15 bins of equal width.",
            "Σ_b n_b/n · |acc_b − conf_b|",
            "Guo et al., On Calibration of Modern Neural Networks, ICML 2017",
            (NoOptions _) => new Metric("ece", false, Classes, Calibration.ExpectedError)
        },
        {
            "pinball", "Pinball loss",
            "Of predicted quantiles, in the target's unit; undefined without them.",
            "mean max(τ·e, (τ − 1)·e),   e = y − q_τ",
            "Koenker and Bassett, Regression Quantiles, Econometrica 1978",
            (NoOptions _) => new Metric("pinball", false, Regression, DistributionMetrics.Pinball)
        },
        {
            "coverage", "Coverage",
            "Share of targets between the lowest and the highest predicted quantile, to be compared with the difference of their levels; undefined with fewer than two.",
            "mean [q_min ≤ y ≤ q_max]",
            "Koenker and Bassett, Regression Quantiles, Econometrica 1978",
            (NoOptions _) => new Metric("coverage", null, Regression, DistributionMetrics.Coverage)
        },
        {
            "nll", "Negative log-likelihood",
            "Of predicted mean and standard deviation under a normal distribution, in the target's unit; undefined without them.",
            "mean ½(ln σ² + (y − μ)²/σ² + ln 2π)",
            "Nix and Weigend, ICNN 1994",
            (NoOptions _) => new Metric("nll", false, Regression, DistributionMetrics.LogLikelihood)
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
