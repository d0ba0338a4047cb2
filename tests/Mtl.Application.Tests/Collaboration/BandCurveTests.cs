using Mtl.Application.Collaboration.Groups;
using Mtl.Tracking.Metrics;

namespace Mtl.Application.Tests.Collaboration;

public sealed class BandCurveTests
{
    [Fact]
    public void Mean_and_deviation_are_those_of_the_runs_at_each_step() => BandCurve.Of([History((1, 1), (2, 4)), History((1, 3), (2, 8))], 10)
        .ShouldBe([new BandPoint(1, 2, 2, Math.Sqrt(2)), new BandPoint(2, 2, 6, Math.Sqrt(8))]);

    [Fact]
    public void Between_its_points_a_run_counts_with_the_earlier_one_and_beyond_them_not_at_all() => BandCurve.Of([History((1, 10), (3, 30)), History((2, 0), (4, 0))], 10)
        .Select(point => (point.Step, point.Runs, point.Mean)).ShouldBe([(1, 1, 10), (2, 2, 5), (3, 2, 15), (4, 1, 0)]);

    [Fact]
    public void A_long_curve_keeps_its_ends()
    {
        var curve = BandCurve.Of([History([.. Enumerable.Range(0, 10_001).Select(step => ((long)step, (double)step))])], 101);

        curve.Count.ShouldBe(101);
        (curve[0].Step, curve[50].Step, curve[^1].Step).ShouldBe((0, 5_000, 10_000));
        curve.ShouldAllBe(point => point.Deviation == null);
    }

    [Fact]
    public void What_is_no_number_is_left_out() => BandCurve.Of([History((1, double.NaN), (2, 1)), History((1, 5), (2, double.PositiveInfinity))], 10)
        .Select(point => (point.Step, point.Runs, point.Mean)).ShouldBe([(1, 1, 5), (2, 1, 1)]);

    [Fact]
    public void Nothing_makes_no_curve() => BandCurve.Of([[], []], 10).ShouldBeEmpty();

    [Fact]
    public void A_spread_says_of_how_many() => Spread.Of([1, 2, 6, double.NaN]).ShouldBe(new Spread(3, 3, Math.Sqrt(7), 1, 6));

    [Fact]
    public void One_value_has_no_deviation_and_none_has_nothing()
    {
        Spread.Of([1.541e-6, 1.541e-6, 1.541e-6]).ShouldBe(new Spread(3, 1.541e-6, 0, 1.541e-6, 1.541e-6));
        Spread.Of([4]).ShouldBe(new Spread(1, 4, null, 4, 4));
        Spread.Of([double.NaN]).ShouldBe(new Spread(0, null, null, null, null));
    }

    private static MetricPoint[] History(params (long Step, double Value)[] points) => [.. points.Select(point => new MetricPoint("loss", point.Step, point.Value, default))];
}
