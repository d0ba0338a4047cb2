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
    public void A_run_without_points_has_no_charts() => CurveBoard.Charts(TaskFamily.Of(Tasks, []), [], MetricSelection.Parse(""), MetricSelection.Parse(""), key => key).ShouldBeEmpty();

    [Fact]
    public void A_solvers_objective_and_its_distance_from_the_optimum_have_a_chart_each()
    {
        var charts = Charts("", "", Tasks, ["all/objective", "all/duality_gap", "all/optimality_residual"]);

        charts.Select(chart => (chart.Id, chart.IsLog, Keys: string.Join(' ', chart.Series.Select(series => series.Key))))
            .ShouldBe([("objective", false, "all/objective"), ("convergence", true, "all/duality_gap all/optimality_residual")]);
    }

    [Fact]
    public void A_template_shows_its_tasks_together_or_the_one_that_the_address_names()
    {
        TaskDefinition[] tasks = [new("score", "y", TaskKind.Regression) { By = "school" }];
        string[] keys = ["all/val_loss", "score/val_loss", "score/val_rmse", "score-s1/val_rmse", "score-s1/weight", "score-s2/val_rmse", "score-s1~score-s2/gradient_cosine"];

        TaskFamily.Of(tasks, keys).Single().Members.ShouldBe(["score-s1", "score-s2"]);
        Charts("", "", tasks, keys).SelectMany(chart => chart.Series).Select(series => series.Key).ShouldBe(["all/val_loss", "score/val_loss", "score/val_rmse", "score-s1/weight"]);
        var one = Charts("", "score.score-s1", tasks, keys)[1];
        (one.Task, one.Series.Single().Key, string.Join(' ', one.Choices)).ShouldBe(("score", "score-s1/val_rmse", "rmse weight"));
    }

    [Fact]
    public void The_weights_of_very_many_tasks_are_no_chart() => Charts("", "", [new("score", "y", TaskKind.Regression) { By = "school" }], [.. Enumerable.Range(0, 17).Select(i => $"score-s{i}/weight")])
        .ShouldBeEmpty();

    [Fact]
    public void A_choice_joins_the_others_in_the_address() => MetricSelection.With("sold.f1", "price", "r2").ShouldBe("price.r2,sold.f1");

    private static IReadOnlyList<CurveChart> Charts(string metrics) => Charts(metrics, "", Tasks, Keys);

    private static IReadOnlyList<CurveChart> Charts(string metrics, string shown, TaskDefinition[] tasks, string[] keys) =>
        CurveBoard.Charts(TaskFamily.Of(tasks, keys), keys, MetricSelection.Parse(metrics), MetricSelection.Parse(shown), key => key);
}
