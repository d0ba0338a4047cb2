using Mtl.Core.Definitions;
using Mtl.Dashboard.Models;

namespace Mtl.Dashboard.Tests;

public class CurveBoardTests
{
    private static readonly TaskDefinition[] Tasks = [new("price", "price", TaskKind.Regression), new("sold", "sold", TaskKind.Binary)];

    private static readonly string[] Keys =
    [
        "all/train_loss", "all/val_loss", "all/delta_m", "price/train_loss", "price/val_loss", "price/val_rmse", "price/val_r2", "price/test_rmse", "price/weight", "price/gradient_norm", "price~sold/gradient_cosine", "all/conflict_rate",
        "sold/train_loss", "sold/val_loss", "sold/val_roc_auc", "sold/weight",
    ];

    [Fact]
    public void Total_loss_each_task_and_the_weights_have_their_charts() =>
        Charts("").Select(chart => chart.Id).ShouldBe(["all-loss", "price-loss", "price-rmse", "sold-loss", "sold-roc_auc", "weights"]);

    [Fact]
    public void Training_and_validation_share_a_chart() => Charts("")[1].Series.Select(series => (series.Key, series.Label, series.IsDashed))
        .ShouldBe([("price/train_loss", "train", true), ("price/val_loss", "validation", false)]);

    [Fact]
    public void The_address_chooses_a_tasks_metric() => Charts("price.r2,sold.nonsense").Select(chart => chart.Metric).ShouldBe(["loss", "loss", "r2", "loss", "roc_auc", "weight"]);

    [Fact]
    public void Test_metrics_are_no_curves() => Charts("").SelectMany(chart => chart.Series).ShouldNotContain(series => series.Key.Contains("test"));

    [Fact]
    public void A_run_without_points_has_no_charts() => CurveBoard.Charts(Tasks, [], MetricSelection.Parse(""), key => key).ShouldBeEmpty();

    [Fact]
    public void A_choice_joins_the_others_in_the_address() => MetricSelection.With("sold.f1", "price", "r2").ShouldBe("price.r2,sold.f1");

    private static IReadOnlyList<CurveChart> Charts(string metrics) => CurveBoard.Charts(Tasks, Keys, MetricSelection.Parse(metrics), key => key);
}
