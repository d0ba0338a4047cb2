using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Dashboard.Models;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Dashboard.Tests;

public class GradientBoardTests
{
    private static readonly TaskDefinition[] Tasks = [new("price", "price", TaskKind.Regression), new("sold", "sold", TaskKind.Binary), new("grade", "grade", TaskKind.Multiclass)];

    [Fact]
    public void The_matrix_is_symmetric_with_the_latest_and_the_mean_cosine()
    {
        var board = Of(("price~sold/gradient_cosine", [0.5, -0.1]), ("sold~grade/gradient_cosine", [0.2]), ("all/gradient_cosine", [0.5, 0.1]));

        board.Rows[0].ShouldBe([null, new GradientCosine(-0.1, 0.2), null]);
        board.Rows[1].ShouldBe([new GradientCosine(-0.1, 0.2), null, new GradientCosine(0.2, 0.2)]);
        board.Records.ShouldBe(2);
    }

    [Fact]
    public void Conflicts_and_norms_have_a_chart_each_with_the_tasks_colours()
    {
        var charts = Of(("all/conflict_rate", [0.5]), ("all/gradient_cosine", [0.1]), ("sold/gradient_norm", [1]), ("grade/gradient_norm", [2])).Charts;

        charts.Select(chart => (chart.Title, Keys: string.Join(' ', chart.Series.Select(series => series.Key))))
            .ShouldBe([("Conflict rate and mean cosine", "all/conflict_rate all/gradient_cosine"), ("Gradient norms", "sold/gradient_norm grade/gradient_norm")]);
        charts[1].Series.Select(series => series.Colour).ShouldBe([CurveBoard.Distinct(1), CurveBoard.Distinct(2)]);
    }

    [Fact]
    public void Without_pairs_there_is_no_matrix_and_without_records_nothing()
    {
        Of(("sold/gradient_norm", [1])).Rows.ShouldBeEmpty();
        Of().IsEmpty.ShouldBeTrue();
    }

    [Theory]
    [InlineData(3, 39, 39, true, "Not recorded: the run has 39 steps, and the first record comes after 200. A smaller training.analysisEvery shows them in short runs.")]
    [InlineData(3, 7, 39, false, "Not recorded: the run has 39 steps, and the first record comes after 200. A smaller training.analysisEvery shows them in short runs.")]
    [InlineData(3, 7, 5000, false, "The first record comes after 200 steps (training.analysisEvery).")]
    [InlineData(3, 7, 0, false, "The first record comes after 200 steps (training.analysisEvery).")]
    [InlineData(9, 300, 5000, false, "The first record comes after 400 steps (training.analysisEvery).")]
    [InlineData(3, 250, 5000, false, null)]
    [InlineData(3, 250, 250, true, null)]
    [InlineData(1, 39, 39, true, null)]
    public void A_short_run_says_why_it_has_no_gradients(int tasks, long step, long total, bool isOver, string? reason) =>
        GradientBoard.Absence(Definition, tasks, new RunProgress(step, total), isOver).ShouldBe(reason);

    [Fact]
    public void What_keeps_gradients_from_being_recorded_is_named()
    {
        Absence(Definition with { Training = Definition.Training with { AnalysisEvery = 0 } }).ShouldBe(
            "Not recorded: training.analysisEvery is 0. Give it a number of steps to see how the tasks' gradients stand to each other.");
        Absence(Definition with { Optimizer = new Choice("lbfgs") }).ShouldBe("Not recorded: optimizer 'lbfgs' looks at all rows at once, so there are no gradients of batches.");
        Absence(Definition with { Architecture = new Choice("stl") }).ShouldBeNull("tasks that share nothing");
        Absence(Definition with { Learner = new Choice("ridge") }).ShouldBeNull("a classical learner");

        static string? Absence(ExperimentDefinition definition) => GradientBoard.Absence(definition, 3, new RunProgress(39, 39), isOver: true);
    }

    private static ExperimentDefinition Definition => new("Homes", new DataDefinition(), Tasks);

    private static GradientBoard Of(params (string Key, double[] Values)[] points) => GradientBoard.Of(
        TaskFamily.Of(Tasks, []),
        key => [.. points.Where(item => item.Key == key).SelectMany(item => item.Values.Select((value, i) => new MetricPoint(key, i, value, default)))]);
}
