using Mtl.Core.Definitions;
using Mtl.Learning.Metrics;

namespace Mtl.Learning.Tests.Metrics;

public class MetricTests
{
    [Theory]
    [InlineData("r2", 1 - 2.0 / 5)]
    [InlineData("rmse", 0.70710678)]
    [InlineData("mae", 0.5)]
    public void Regression_by_hand(string metric, double expected) =>
        Of(TaskKind.Regression, metric, [1, 3, 3, 5], [1, 2, 3, 4]).ShouldBe(expected, 1e-6);

    [Theory]
    [InlineData("roc_auc", (2 + 0.5 + 1 + 1) / 6)]
    [InlineData("accuracy", 3.0 / 5)]
    [InlineData("balanced_accuracy", (1.0 / 2 + 2.0 / 3) / 2)]
    [InlineData("f1", 2.0 / 4)]
    [InlineData("log_loss", 0.5343822)]
    public void Binary_by_hand(string metric, double expected) =>
        Of(TaskKind.Binary, metric, [0.9f, 0.4f, 0.4f, 0.2f, 0.6f], [1, 1, 0, 0, 0]).ShouldBe(expected, 1e-6);

    [Theory]
    [InlineData("accuracy", 2.0 / 4)]
    [InlineData("balanced_accuracy", (1.0 / 2 + 1.0 / 2) / 2)]
    [InlineData("f1_macro", (2.0 / 4 + 2.0 / 3 + 0) / 3)]
    [InlineData("log_loss", 0.6750205)]
    public void Multiclass_by_hand(string metric, double expected) =>
        Of(TaskKind.Multiclass, metric, [0.7f, 0.2f, 0.1f, 0.3f, 0.3f, 0.4f, 0.5f, 0.4f, 0.1f, 0.1f, 0.8f, 0.1f], [0, 0, 1, 1]).ShouldBe(expected, 1e-6);

    [Theory]
    [InlineData(TaskKind.Regression)]
    [InlineData(TaskKind.Binary)]
    [InlineData(TaskKind.Multiclass)]
    public void Rows_without_a_label_do_not_count(TaskKind kind)
    {
        foreach (var metric in MetricTable.For(kind))
        {
            float[] some = kind == TaskKind.Multiclass ? [0.7f, 0.3f, 0.6f, 0.4f, 0.2f, 0.8f] : [0.7f, 0.6f, 0.2f];
            float[] more = kind == TaskKind.Multiclass ? [0.7f, 0.3f, float.NaN, 0.4f, 0.6f, 0.4f, 0.2f, 0.8f] : [0.7f, float.NaN, 0.6f, 0.2f];

            metric.Of(new Predictions(kind, more, [0, float.NaN, 1, 1], [1, 0, 1, 1])).ShouldBe(metric.Of(new Predictions(kind, some, [0, 1, 1], [])), metric.Key);
        }
    }

    [Theory]
    [InlineData(TaskKind.Regression)]
    [InlineData(TaskKind.Binary)]
    [InlineData(TaskKind.Multiclass)]
    public void No_labelled_row_or_a_prediction_that_is_not_finite_is_undefined(TaskKind kind)
    {
        foreach (var metric in MetricTable.For(kind))
        {
            float[] values = kind == TaskKind.Multiclass ? [0.5f, 0.5f, float.NaN, 0.5f] : [0.5f, float.PositiveInfinity];
            metric.Of(new Predictions(kind, values, [0, 1], [])).ShouldBe(double.NaN, metric.Key);
            metric.Of(new Predictions(kind, values, [0, 1], [0, 0])).ShouldBe(double.NaN, metric.Key);
            metric.Of(new Predictions(kind, [], [], [])).ShouldBe(double.NaN, metric.Key);
        }
    }

    [Fact]
    public void The_area_under_the_curve_is_undefined_for_one_label() =>
        Of(TaskKind.Binary, "roc_auc", [0.5f, 0.6f], [1, 1]).ShouldBe(double.NaN);

    [Fact]
    public void R2_is_undefined_where_all_targets_are_equal() =>
        Of(TaskKind.Regression, "r2", [1, 2], [3, 3]).ShouldBe(double.NaN);

    [Fact]
    public void R2_is_exact_for_targets_far_from_zero() =>
        Of(TaskKind.Regression, "r2", [1_000_001, 1_000_002, 1_000_004], [1_000_001, 1_000_002, 1_000_003]).ShouldBe(0.5, 1e-9);

    [Fact]
    public void A_certain_error_has_a_finite_log_loss() => Of(TaskKind.Binary, "log_loss", [0], [1]).ShouldBe(23 * Math.Log(2), 1e-6);

    [Fact]
    public void F1_is_zero_where_the_positive_label_neither_occurs_nor_is_predicted() => Of(TaskKind.Binary, "f1", [0.1f, 0.2f], [0, 0]).ShouldBe(0);

    [Fact]
    public void The_area_under_the_curve_compares_every_pair()
    {
        var scores = Enumerable.Range(0, 300).Select(i => (float)(i * 7919 % 41) / 41).ToArray();
        var labels = Enumerable.Range(0, 300).Select(i => (float)(i * 31 % 3 == 0 ? 1 : 0)).ToArray();
        var pairs =
            from positive in Enumerable.Range(0, 300).Where(i => labels[i] == 1)
            from negative in Enumerable.Range(0, 300).Where(i => labels[i] == 0)
            select scores[positive] > scores[negative] ? 1 : scores[positive] == scores[negative] ? 0.5 : 0;

        Of(TaskKind.Binary, "roc_auc", scores, labels).ShouldBe(pairs.Average(), 1e-12);
    }

    [Fact]
    public void The_confusion_matrix_counts_true_by_predicted()
    {
        var matrix = ConfusionMatrix.Of(new Predictions(TaskKind.Binary, [0.9f, 0.4f, 0.4f, 0.6f, 0.6f], [1, 1, 0, 0, 1], [1, 1, 1, 1, 0]));

        matrix.ToRows().ShouldBe([[1L, 1L], [1L, 1L]]);
        matrix[1, 0].ShouldBe(1);
    }

    [Theory]
    [InlineData(TaskKind.Regression, "rmse", false)]
    [InlineData(TaskKind.Binary, "roc_auc", true)]
    [InlineData(TaskKind.Multiclass, "accuracy", true)]
    [InlineData(TaskKind.Multilabel, "f1_micro", true)]
    [InlineData(TaskKind.Reconstruction, "rmse", false)]
    [InlineData(TaskKind.Rating, "rmse", false)]
    [InlineData(TaskKind.Tagging, "entity_f1", true)]
    public void A_kind_of_task_has_a_primary_metric(TaskKind kind, string key, bool higherIsBetter)
    {
        var primary = MetricTable.PrimaryOf(kind);

        (primary.Key, primary.HigherIsBetter).ShouldBe((key, higherIsBetter));
        MetricTable.For(kind).ShouldContain(primary);
    }

    [Fact]
    public void Rows_of_the_table_carry_their_own_key() =>
        Enum.GetValues<TaskKind>().SelectMany(MetricTable.For).Select(metric => metric.Key).Distinct().ShouldBe(MetricTable.Methods.Select(info => info.Key), ignoreOrder: true);

    [Fact]
    public void Lengths_that_do_not_fit_are_refused() =>
        Should.Throw<ArgumentException>(() => { _ = new Predictions(TaskKind.Binary, new float[4], new float[2], []); }).Message.ShouldBe(
            "4 predictions, 2 targets and a mask of 0 do not fit together for a task of kind Binary.");

    [Fact]
    public void What_a_regression_does_not_describe_is_undefined()
    {
        foreach (var key in new[] { "pinball", "coverage", "nll" })
            Of(TaskKind.Regression, key, [1, 2], [1, 3]).ShouldBe(double.NaN, key);
    }

    [Fact]
    public void The_area_under_precision_and_recall_is_undefined_without_positives() => Of(TaskKind.Binary, "pr_auc", [0.5f, 0.6f], [0, 0]).ShouldBe(double.NaN);

    [Fact]
    public void A_reconstruction_s_R2_compares_each_feature_with_its_own_mean() =>
        MetricTable.For(TaskKind.Reconstruction).Single(metric => metric.Key == "r2")
            .Of(new Predictions(TaskKind.Reconstruction, [1, 10, 2, 20, 3, 33], [1, 10, 2, 20, 3, 30], [], targetWidth: 2)).ShouldBe(1 - (9.0 / 202), 1e-9);

    private static double Of(TaskKind kind, string metric, float[] values, float[] targets) =>
        MetricTable.For(kind).Single(candidate => candidate.Key == metric).Of(new Predictions(kind, values, targets, []));
}
