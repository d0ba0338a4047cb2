using Mtl.Core.Definitions;
using Mtl.Dashboard.Models;
using Mtl.Tracking.Metrics;

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

    private static GradientBoard Of(params (string Key, double[] Values)[] points) => GradientBoard.Of(
        TaskFamily.Of(Tasks, []),
        key => [.. points.Where(item => item.Key == key).SelectMany(item => item.Values.Select((value, i) => new MetricPoint(key, i, value, default)))]);
}
