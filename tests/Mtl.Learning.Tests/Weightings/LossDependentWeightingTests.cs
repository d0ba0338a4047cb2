using System.Runtime.InteropServices;
using Mtl.Core.Random;
using Mtl.Learning.Tests.Oracles;
using Mtl.Learning.Weightings;

namespace Mtl.Learning.Tests.Weightings;

/// <summary>Weightings whose λ is the slope of an objective in the losses, or learned from what a step did.</summary>
public class LossDependentWeightingTests
{
    [Theory]
    [InlineData(0.5, 2.0, 1.5)]
    [InlineData(1e-3, 40.0, 7.0)]
    public void The_geometric_loss_strategy_descends_the_geometric_mean(double first, double second, double third) =>
        ShouldBeSlopes(LambdaGraph.Of(Make("gls"), (float)first, (float)second, (float)third), [first, second, third], losses => Math.Pow(losses[0] * losses[1] * losses[2], 1 / 3.0));

    [Fact]
    public void A_task_with_a_loss_of_zero_is_left_out_of_the_geometric_mean() => LambdaGraph.Of(Make("gls"), 2, 0, 8).ShouldBe([1f, 0f, 0.25f], 1e-5);

    [Fact]
    public void Smooth_tchebycheff_descends_the_logarithms_in_its_warm_up()
    {
        var weighting = Make("stch", """{"warmupEpochs":1}""");
        weighting.LearnFromEpoch([1, 2, 3], [true, true, true]);

        LambdaGraph.Of(weighting, 0.5f, 2, 4).ShouldBe([2f, 0.5f, 0.25f], 1e-5);
    }

    [Fact]
    public void Smooth_tchebycheff_descends_a_smooth_maximum_after_it()
    {
        var weighting = Make("stch", """{"warmupEpochs":1,"mu":0.3}""");
        weighting.LearnFromEpoch([9, 9, 9], [true, true, true]);
        weighting.LearnFromEpoch([1, 2, 3], [true, true, true]);
        weighting.LearnFromEpoch([9, 9, 9], [true, true, true]);

        ShouldBeSlopes(
            LambdaGraph.Of(weighting, 0.5f, 2, 1.7f),
            [0.5, 2, 1.7],
            losses => 3 * 0.3 * Math.Log(losses.Zip([1.0, 2, 3], (loss, reference) => Math.Exp(Math.Log(loss / reference) / 0.3)).Sum()));
        LambdaGraph.Of(weighting, 0.5f, 0, 1.7f)[1].ShouldBe(0);
    }

    [Fact]
    public void Famo_weighs_by_its_shares_over_the_losses()
    {
        LambdaGraph.Of(Make("famo"), 0.5f, 2, 4).ShouldBe([2 / 2.75f, 0.5f / 2.75f, 0.25f / 2.75f], 1e-5);
        LambdaGraph.Of(Make("famo"), 0.5f, 0, 4).ShouldBe([2 / 2.25f, 0, 0.25f / 2.25f], 1e-5);
    }

    [Fact]
    public void Famo_learns_from_the_slope_of_the_weighted_falls()
    {
        var weighting = Make("famo", """{"weightDecay":0}""");
        float[] before = [0.5f, 2, 4], after = [0.4f, 1.9f, 4.1f];

        ((ILearnsFromEffect)weighting).LearnFromEffect(before, after, [true, true, true]);

        double Objective(double[] logits) => logits.Select((logit, t) => Math.Exp(logit) / logits.Sum(Math.Exp) * Math.Log(before[t] / after[t])).Sum();
        var moments = MemoryMarshal.Cast<byte, float>(weighting.State.Single(tensor => tensor.Name == "first_moment").Bytes);
        for (var task = 0; task < 3; task++)
        {
            var (up, down) = (new double[3], new double[3]);
            (up[task], down[task]) = (1e-4, -1e-4);
            (moments[task] / 0.1).ShouldBe((Objective(up) - Objective(down)) / 2e-4, 1e-4);
        }
    }

    [Fact]
    public void Famo_leaves_an_absent_task_as_it_is_and_gives_the_slowest_more()
    {
        var weighting = Make("famo");
        for (var step = 0; step < 50; step++)
            ((ILearnsFromEffect)weighting).LearnFromEffect([1, 1, float.NaN], [0.5f, 0.9f, float.NaN], [true, true, false]);

        weighting.Weights[1].ShouldBeGreaterThan(weighting.Weights[2]);
        weighting.Weights[2].ShouldBeGreaterThan(weighting.Weights[0]);
        weighting.Weights.ToArray().Sum().ShouldBe(1, 1e-5);
    }

    /// <summary>Many tasks, some of them with losses near zero: the algorithm as its authors wrote it, with the gradients that PyTorch takes.</summary>
    [Fact]
    public void Famo_weighs_as_its_authors_algorithm_in_PyTorch_does()
    {
        const int Tasks = 139;
        const int Steps = 40;
        var random = new CounterRandom(2, "famo");
        var losses = Enumerable.Range(0, 2 * Steps).Select(at => Enumerable.Range(0, Tasks).Select(task => MathF.Exp((float)(2 * random.Fork((ulong)at).Normal((ulong)task)) - 2)).ToArray()).ToArray();
        var weighting = (LossDependentWeighting)Balancers.Make("famo", Tasks);
        for (var step = 0; step < Steps; step++)
            ((ILearnsFromEffect)weighting).LearnFromEffect(losses[2 * step], losses[2 * step + 1], [.. Enumerable.Repeat(true, Tasks)]);

        var expected = PythonOracle.Ask(
            "torch",
            """
            torch.set_default_dtype(torch.float64)
            losses = torch.tensor(given['losses']).double()
            w = torch.zeros(losses.shape[1], requires_grad=True)
            optimizer = torch.optim.Adam([w], lr=0.025, weight_decay=0.001)
            for before, after in zip(losses[0::2], losses[1::2]):
                delta = (before + 1e-8).log() - (after + 1e-8).log()
                w.grad = torch.autograd.grad(w.softmax(-1), w, grad_outputs=delta)[0]
                optimizer.step()
            loss = losses[-1].clone().requires_grad_()
            z = w.softmax(-1)
            c = (z / (loss + 1e-8)).sum().detach()
            ((loss + 1e-8).log() * z / c).sum().backward()
            answer = {'weights': z.tolist(), 'lambdas': loss.grad.tolist()}
            """,
            new { losses });

        float[] Of(string name) => [.. expected[name]!.AsArray().Select(value => value!.GetValue<float>())];
        weighting.Weights.ToArray().ShouldBe(Of("weights"), 1e-5);
        LambdaGraph.Of(weighting, losses[^1]).ShouldBe(Of("lambdas"), 1e-5);
    }

    [Fact]
    public void Random_weights_are_a_function_of_seed_and_step()
    {
        var weighting = (LossWeighting)Balancers.Make("rlw", 3);
        float[] At(long step)
        {
            weighting.BeginStep(step);
            return weighting.Weights.ToArray();
        }

        var first = At(1);
        At(2).ShouldNotBe(first);
        At(1).ShouldBe(first);
        first.Sum().ShouldBe(1, 1e-5);
        Enumerable.Range(1, 3000).Select(step => (double)At(step)[0]).Average().ShouldBe(1 / 3.0, 0.02);
    }

    private static LossDependentWeighting Make(string key, string options = "{}") => (LossDependentWeighting)Balancers.Make(key, 3, options);

    private static void ShouldBeSlopes(float[] lambdas, double[] losses, Func<double[], double> objective)
    {
        for (var task = 0; task < losses.Length; task++)
        {
            double[] up = [.. losses], down = [.. losses];
            var shift = 1e-5 * losses[task];
            (up[task], down[task]) = (losses[task] + shift, losses[task] - shift);
            var slope = (objective(up) - objective(down)) / (2 * shift);
            ((double)lambdas[task]).ShouldBe(slope, 1e-3 * Math.Abs(slope));
        }
    }
}
