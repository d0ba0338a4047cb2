using Mtl.Application.Collaboration.Tables;
using Mtl.Dashboard.Models.Coordinates;
using Mtl.Tracking.Runs;

namespace Mtl.Dashboard.Tests;

/// <summary>Runs over parallel axes.</summary>
public class CoordinateBoardTests
{
    [Fact]
    public void Numbers_stand_on_a_scale_that_ends_at_round_ones()
    {
        var axis = Axis("3", "7.5", "12", "4", "5", "6", "8");

        axis.Scale.ShouldBe(AxisScale.Linear);
        axis.Ticks.ShouldBe([new(0, "2"), new(0.2, "4"), new(0.4, "6"), new(0.6, "8"), new(0.8, "10"), new(1, "12")]);
        axis.Places.Select(place => Math.Round(place!.Value, 9)).ShouldBe([0.1, 0.55, 1, 0.2, 0.3, 0.4, 0.6]);
    }

    [Fact]
    public void Few_different_numbers_are_labelled_themselves()
    {
        var axis = Axis("64", "32", "288", "32", "40");

        axis.Ticks.ShouldBe([new(0, "32"), new(0.125, "64"), new(1, "288")]);
        axis.Places.ShouldBe([0.125, 0, 1, 0, 0.03125]);
        Axis("0.1", "0.001", "0.01").Ticks.Select(tick => (Math.Round(tick.Place, 9), tick.Label)).ShouldBe([(0, "0.001"), (0.5, "0.01"), (1, "0.1")]);
    }

    [Fact]
    public void Positive_numbers_far_apart_stand_in_powers_of_ten()
    {
        var axis = Axis("0.001", "0.1", "1e-2", "0.002", "0.003", "0.02", "0.03");

        axis.Scale.ShouldBe(AxisScale.Log);
        axis.Ticks.ShouldBe([new(0, "0.001"), new(0.5, "0.01"), new(1, "0.1")]);
        axis.Places.Take(3).Select(place => Math.Round(place!.Value, 9)).ShouldBe([0, 1, 0.5]);
        Axis("-1", "1000").Scale.ShouldBe(AxisScale.Linear, "there is no power of ten for what is not positive");
        Axis([.. Enumerable.Range(0, 13).Select(i => $"1e-{i}")]).Ticks.Count.ShouldBeLessThanOrEqualTo(6);
    }

    [Fact]
    public void A_single_value_stands_in_the_middle()
    {
        Axis("5", "5.0").ShouldSatisfyAllConditions(axis => axis.Ticks.ShouldBe([new(0.5, "5")]), axis => axis.Places.ShouldBe([0.5, 0.5]));
        Axis("adam", "adam").ShouldSatisfyAllConditions(axis => axis.Ticks.ShouldBe([new(0.5, "adam")]), axis => axis.Places.ShouldBe([0.5, 0.5]));
    }

    [Fact]
    public void Texts_have_a_place_each_and_one_among_numbers_makes_texts_of_them_all()
    {
        var axis = Axis("sgd", "adam", "", "rmsprop", "adam");

        axis.Scale.ShouldBe(AxisScale.Categories);
        axis.Ticks.ShouldBe([new(0, "adam"), new(0.5, "rmsprop"), new(1, "sgd")]);
        axis.Places.ShouldBe([1, 0, null, 0.5, 0]);
        Axis("1", "auto", "2").Ticks.Select(tick => tick.Label).ShouldBe(["1", "2", "auto"]);
    }

    [Fact]
    public void Of_very_many_texts_some_are_labelled()
    {
        var axis = Axis([.. Enumerable.Range(0, 100).Select(i => $"name {i:00}")]);

        axis.Ticks.Count.ShouldBeLessThanOrEqualTo(12);
        axis.Places.Distinct().Count().ShouldBe(100);
    }

    [Fact]
    public void What_is_not_finite_has_no_place()
    {
        RunTableRow[] runs = [Run("a", loss: 1), Run("b", loss: double.NaN), Run("c", loss: double.PositiveInfinity), Run("d", loss: 2)];

        CoordinateAxis.Of(ColumnKey.Metric("loss"), runs).Places.ShouldBe([0, null, null, 1]);
        CoordinateAxis.Of(ColumnKey.Metric("nowhere"), runs).ShouldSatisfyAllConditions(axis => axis.Ticks.ShouldBeEmpty(), axis => axis.Places.ShouldAllBe(place => place == null));
    }

    [Fact]
    public void A_line_goes_over_all_axes_and_says_its_values()
    {
        var board = new CoordinateBoard(
            [Run("open", ("lr", "0.1")), Run("low", 1, ("lr", "0.1")), Run("high", 3, ("lr", "0.2"))], [ColumnKey.Parameter("lr"), ColumnKey.Metric("loss")]);

        board.Lines.Select(line => line.Title).ShouldBe(["open: lr 0.1, loss –", "low: lr 0.1, loss 1", "high: lr 0.2, loss 3"]);
        board.Lines.Select(line => line.Outcome).ShouldBe([null, 0, 1]);
        board.HasMissing.ShouldBeTrue();
    }

    [Fact]
    public void Usually_parameters_that_differ_lead_to_the_metric()
    {
        RunTableRow[] runs = [Run("a", 1, ("lr", "0.1"), ("seed", "1"), ("model", "mlp")), Run("b", 2, ("lr", "0.2"), ("model", "mlp"))];

        CoordinateBoard.Usual(runs, "loss").ShouldBe([ColumnKey.Parameter("lr"), ColumnKey.Parameter("seed"), ColumnKey.Metric("loss")]);
        CoordinateBoard.Usual(runs, null).ShouldBeEmpty();
        CoordinateBoard.Usual(runs[..1], "loss").ShouldBeEmpty("one run compares with nothing");
        CoordinateBoard.Usual([Run("a", 1), Run("b", 2)], "loss").ShouldBeEmpty("nothing was given differently");
        CoordinateBoard.Choices(runs).ShouldBe([ColumnKey.Parameter("lr"), ColumnKey.Parameter("model"), ColumnKey.Parameter("seed"), ColumnKey.Metric("loss")]);
    }

    private static CoordinateAxis Axis(params string[] values) => CoordinateAxis.Of(ColumnKey.Parameter("p"), [.. values.Select((value, i) => Run($"{i}", ("p", value)))]);

    private static RunTableRow Run(string name, params (string Key, string Value)[] parameters) => Run(name, null, parameters);

    private static RunTableRow Run(string name, double? loss, params (string Key, string Value)[] parameters) => new(
        name, name, RunKind.Tracked, RunStatus.Completed, "", default, null, null, null,
        parameters.ToDictionary(parameter => parameter.Key, parameter => parameter.Value),
        loss is { } value ? new Dictionary<string, double> { ["loss"] = value } : [],
        new Dictionary<string, string>());
}
