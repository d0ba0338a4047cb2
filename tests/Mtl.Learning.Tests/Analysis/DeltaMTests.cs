using Mtl.Learning.Analysis;

namespace Mtl.Learning.Tests.Analysis;

public class DeltaMTests
{
    [Theory]
    [InlineData(true, 0.9, 0.8, 12.5)]
    [InlineData(true, 0.6, 0.8, -25)]
    [InlineData(false, 3, 4, 25)]
    [InlineData(false, 5, 4, -25)]
    [InlineData(true, -0.1, -0.2, 50)]
    public void A_change_is_positive_where_the_metric_is_better(bool higherIsBetter, double value, double baseline, double percent) =>
        new MetricChange("m", higherIsBetter, value, baseline).Percent!.Value.ShouldBe(percent, 1e-9);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(double.NaN, 1)]
    [InlineData(1, double.NaN)]
    [InlineData(double.PositiveInfinity, 1)]
    public void A_change_without_a_meaning_is_undefined(double value, double baseline) => new MetricChange("m", true, value, baseline).Percent.ShouldBeNull();

    [Fact]
    public void Delta_m_is_the_mean_over_tasks()
    {
        var delta = new DeltaM([Task("income", 0.9, 0.8), Task("age", 0.6, 0.8)]);

        delta.Percent!.Value.ShouldBe((12.5 - 25) / 2, 1e-9);
        delta.NegativeTransfer.ShouldBe(["age"]);
        delta.Undefined.ShouldBeEmpty();
    }

    [Fact]
    public void A_task_with_several_metrics_has_their_mean()
    {
        var task = new TaskDelta("income", [new MetricChange("roc_auc", true, 0.9, 0.8), new MetricChange("log_loss", false, 0.5, 0.4)]);

        task.Percent!.Value.ShouldBe((12.5 - 25) / 2, 1e-9);
        task.IsNegativeTransfer.ShouldBeTrue();
    }

    [Fact]
    public void An_undefined_task_is_left_out_and_named()
    {
        var delta = new DeltaM([Task("income", 0.9, 0.8), Task("age", 0.6, 0), new TaskDelta("none", [])]);

        delta.Percent!.Value.ShouldBe(12.5, 1e-9);
        delta.Undefined.ShouldBe(["age", "none"]);
        delta.Tasks[1].IsNegativeTransfer.ShouldBeFalse();
    }

    [Fact]
    public void Delta_m_is_undefined_where_every_task_is() => new DeltaM([Task("age", 0.6, 0)]).Percent.ShouldBeNull();

    private static TaskDelta Task(string name, double value, double baseline) => new(name, [new MetricChange("roc_auc", true, value, baseline)]);
}
