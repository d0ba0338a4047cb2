using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Learning.Weightings;

namespace Mtl.Learning.Tests.Weightings;

public class LossWeightingTests
{
    private static readonly WeightingContext Three = new(["income", "age", "sex"], 1);

    [Fact]
    public void Equal_weights_are_one() => Make("ew").Weights.ToArray().ShouldBe([1f, 1f, 1f]);

    [Fact]
    public void Static_weights_are_those_given() => Make("static", """{"weights":[0.5,2,0]}""").Weights.ToArray().ShouldBe([0.5f, 2f, 0f]);

    [Fact]
    public void Static_weights_are_one_where_none_are_given() => Make("static").Weights.ToArray().ShouldBe([1f, 1f, 1f]);

    [Theory]
    [InlineData("""{"weights":[0.5,2]}""", "Weighting 'static' has weights [0.5, 2] for 3 tasks. Give one weight each for income, age, sex, in this order.")]
    [InlineData("""{"weights":[0,0,0]}""", "Weighting 'static' has the weight 0 for every task: nothing would be learned. Give at least one task a weight above 0.")]
    public void Static_weights_that_do_not_suit_the_tasks_are_refused(string options, string error)
    {
        var refusal = WeightingTable.Methods.Create(Choice("static", options)).Value(Three).Error!;

        refusal.ToString().ShouldBe(error);
        (refusal.Kind, refusal.Field).ShouldBe((ErrorKind.Invalid, "weights"));
    }

    [Fact]
    public void Dynamic_weight_average_matches_a_hand_worked_example()
    {
        var weighting = Make("dwa");
        bool[] all = [true, true, true];

        weighting.LearnFromEpoch([2, 1, 4], all);
        weighting.Weights.ToArray().ShouldBe([1f, 1f, 1f]);

        // Ratios 1/2, 1, 3/2 at temperature 2: 3·(e^.25, e^.5, e^.75)/(e^.25 + e^.5 + e^.75).
        weighting.LearnFromEpoch([1, 1, 6], all);
        ShouldBe(weighting.Weights, [0.762826, 0.979487, 1.257687], 1e-5);
        weighting.Weights.ToArray().Sum().ShouldBe(3, 1e-5);
    }

    [Fact]
    public void Dynamic_weight_average_keeps_an_absent_tasks_losses()
    {
        var weighting = Make("dwa");
        weighting.LearnFromEpoch([2, 1, 4], [true, true, true]);
        weighting.LearnFromEpoch([1, 1, 6], [true, true, true]);
        var before = weighting.Weights.ToArray();

        weighting.LearnFromEpoch([0.5, 1, double.NaN], [true, true, false]);

        weighting.Weights.ToArray().ShouldBe(before);
    }

    [Fact]
    public void Dynamic_weight_average_takes_a_loss_of_zero_as_no_change()
    {
        var weighting = Make("dwa");
        weighting.LearnFromEpoch([0, 1, 1], [true, true, true]);
        weighting.LearnFromEpoch([1, 1, 1], [true, true, true]);

        weighting.Weights.ToArray().ShouldBe([1f, 1f, 1f]);
    }

    [Fact]
    public void Loss_ascent_steps_and_renormalises()
    {
        var weighting = Make("ascent", """{"rate":0.5}""");

        weighting.LearnFromStep([1, 2, 3], [true, true, true]);

        // (1.5, 2, 2.5)·3/6.
        ShouldBe(weighting.Weights, [0.75, 1, 1.25], 1e-6);
    }

    [Fact]
    public void Loss_ascent_rests_where_weights_are_proportional_to_losses()
    {
        var weighting = Make("ascent", """{"rate":0.1}""");
        for (var step = 0; step < 2000; step++)
            weighting.LearnFromStep([1, 2, 3], [true, true, true]);

        ShouldBe(weighting.Weights, [0.5, 1, 1.5], 1e-4);
    }

    [Fact]
    public void Loss_ascent_leaves_an_absent_tasks_weight_and_the_sum()
    {
        var weighting = Make("ascent", """{"rate":0.5}""");

        weighting.LearnFromStep([1, 3, float.NaN], [true, true, false]);

        ShouldBe(weighting.Weights, [2 * 1.5 / 4, 2 * 2.5 / 4, 1], 1e-6);
    }

    [Fact]
    public void Uncertainty_weights_begin_at_half_the_inverse_variance() =>
        ShouldBe(Make("uw", """{"initialLogVariance":-0.5}""").Weights, [.. Enumerable.Repeat(0.5 * Math.Exp(0.5), 3)], 1e-6);

    [Fact]
    public void Uncertainty_weighting_descends_its_objective()
    {
        // Adam's first step is its rate against the gradient's sign: sₜ rises for Lₜ > e^sₜ. The gradient's sign by central differences of ½e^(−s)L + ½s.
        double[] losses = [0.2, 1.5, 4];
        var weighting = Make("uw", """{"initialLogVariance":0,"learningRate":0.25}""");

        weighting.LearnFromStep([.. losses.Select(loss => (float)loss)], [true, true, true]);

        for (var task = 0; task < 3; task++)
        {
            var slope = (Objective(1e-4, losses[task]) - Objective(-1e-4, losses[task])) / 2e-4;
            ((double)weighting.Weights[task]).ShouldBe(0.5 * Math.Exp(0.25 * Math.Sign(slope)), 1e-5);
        }
    }

    [Theory]
    [InlineData(0.7, -0.4)]
    [InlineData(3.0, 0.8)]
    public void Uncertainty_weighting_learns_from_the_gradient_of_its_objective(double loss, double logVariance)
    {
        // Adam's first moment after one step is (1 − β₁)·gradient.
        var weighting = Make("uw", $$"""{"initialLogVariance":{{logVariance.ToString(System.Globalization.CultureInfo.InvariantCulture)}}}""");

        weighting.LearnFromStep([(float)loss, 0, 0], [true, false, false]);

        var moment = MemoryMarshal.Cast<byte, float>(weighting.State.Single(tensor => tensor.Name == "0/first_moment").Bytes)[0];
        var slope = (Objective(logVariance + 1e-4, loss) - Objective(logVariance - 1e-4, loss)) / 2e-4;
        (moment / 0.1).ShouldBe(slope, 1e-5);
    }

    [Fact]
    public void Uncertainty_weighting_rests_where_the_variance_is_the_loss()
    {
        var weighting = Make("uw", """{"learningRate":0.01}""");
        for (var step = 0; step < 5000; step++)
            weighting.LearnFromStep([0.5f, 1, 2], [true, true, true]);

        ShouldBe(weighting.Weights, [1, 0.5, 0.25], 1e-3);
    }

    [Fact]
    public void Uncertainty_weighting_leaves_an_absent_task_as_it_is()
    {
        var weighting = Make("uw");
        weighting.LearnFromStep([5, 5, 5], [true, true, true]);
        var before = weighting.Weights.ToArray();

        weighting.LearnFromStep([5, 5, float.NaN], [true, true, false]);

        weighting.Weights[2].ShouldBe(before[2]);
        weighting.Weights[0].ShouldNotBe(before[0]);
    }

    [Theory]
    [InlineData("uw")]
    [InlineData("dwa")]
    [InlineData("ascent")]
    public void Restored_state_continues_bit_for_bit(string key)
    {
        var (undisturbed, interrupted, resumed) = (Make(key), Make(key), Make(key));
        Learn(undisturbed, 1, 8);
        Learn(interrupted, 1, 5);
        foreach (var (from, to) in interrupted.State.Zip(resumed.State))
            from.Bytes.CopyTo(to.Bytes);
        Learn(resumed, 6, 8);

        resumed.Weights.ToArray().ShouldBe(undisturbed.Weights.ToArray());
        resumed.Weights.ToArray().ShouldNotBe(Make(key).Weights.ToArray());
        resumed.State.Select(tensor => tensor.Name).ShouldBeUnique();
    }

    private static void Learn(LossWeighting weighting, int from, int to)
    {
        for (var epoch = from; epoch <= to; epoch++)
        {
            weighting.LearnFromStep([1f / epoch, 2f / (epoch + 1), 3], [true, true, epoch % 2 == 0]);
            weighting.LearnFromEpoch([1.0 / epoch, 2.0 / (epoch + 1), 3], [true, true, true]);
        }
    }

    private static double Objective(double logVariance, double loss) => 0.5 * Math.Exp(-logVariance) * loss + 0.5 * logVariance;

    private static LossWeighting Make(string key, string options = "{}") =>
        WeightingTable.Methods.Create(Choice(key, options)).Value(Three).Value.ShouldBeAssignableTo<LossWeighting>()!;

    private static Choice Choice(string key, string options) => new(key, JsonNode.Parse(options)!.AsObject().ToDictionary(o => o.Key, o => o.Value?.DeepClone()));

    private static void ShouldBe(ReadOnlySpan<float> actual, double[] expected, double tolerance) =>
        actual.ToArray().Select(value => (double)value).ShouldBe(expected, tolerance);
}
