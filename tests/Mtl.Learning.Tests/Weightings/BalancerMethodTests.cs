using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Random;
using Mtl.Learning.Weightings;

namespace Mtl.Learning.Tests.Weightings;

/// <summary>Single balancers against their papers' algorithms, written out in double on the vectors themselves.</summary>
public class BalancerMethodTests
{
    private static readonly float[] Losses = [0.7f, 2f, 1.2f];

    [Fact]
    public void GradVac_is_its_algorithm()
    {
        var balancer = (GradientBalancer)Balancers.Make("gradvac", 3, """{"beta":0.3}""");
        var targets = new double[3, 3];
        for (var step = 1; step <= 6; step++)
        {
            var rows = Balancers.Rows(3, 20, (ulong)step, -1);
            var expected = new double[20];
            for (var i = 0; i < 3; i++)
            {
                var own = Doubles(rows[i]);
                foreach (var j in new CounterRandom(9, "gradvac").Fork((ulong)step).Fork((ulong)i).Permutation(3).Where(j => j != i))
                {
                    var other = Doubles(rows[j]);
                    var (norm, otherNorm) = (Norm(own), Norm(other));
                    var (cosine, target) = (Dot(own, other) / norm / otherNorm, targets[i, j]);
                    if (cosine < target)
                    {
                        var factor = norm * (target * Math.Sqrt(1 - cosine * cosine) - cosine * Math.Sqrt(1 - target * target)) / (otherNorm * Math.Sqrt(1 - target * target));
                        own = [.. own.Zip(other, (a, b) => a + factor * b)];
                    }

                    targets[i, j] = 0.7 * target + 0.3 * cosine;
                }

                expected = [.. expected.Zip(own, (a, b) => a + b)];
            }

            ShouldBe(Balancers.Combine(balancer, rows, step), expected, 1e-4);
        }
    }

    [Fact]
    public void GradDrop_keeps_the_positive_gradients_as_often_as_their_share()
    {
        // P = ½(1 + (1 + 2 − 1)/(1 + 2 + 1)) = ¾.
        float[][] rows = [.. new[] { 1f, 2f, -1f }.Select(value => Enumerable.Repeat(value, 20_001).ToArray())];

        var combined = Balancers.Combine("graddrop", rows);

        combined.ShouldAllBe(value => value == 3 || value == -1);
        (combined.Count(value => value == 3) / 20_001.0).ShouldBe(0.75, 0.02);
        Balancers.Combine("graddrop", rows, """{"leak":1}""").ShouldAllBe(value => value == 2);
        Balancers.Combine("graddrop", rows, """{"leak":0.5}""").ShouldAllBe(value => value == 2.5f || value == 0.5f);
    }

    [Fact]
    public void GradDrop_draws_by_seed_and_step()
    {
        var rows = Balancers.Rows(2, 200, 1);
        var balancer = (GradientBalancer)Balancers.Make("graddrop", 2);

        Balancers.Combine(balancer, rows, 3).ShouldBe(Balancers.Combine(balancer, rows, 3));
        Balancers.Combine(balancer, rows, 3).ShouldNotBe(Balancers.Combine(balancer, rows, 4));
    }

    [Fact]
    public void GradNorm_learns_from_the_slope_of_its_objective()
    {
        var rows = Balancers.Rows(3, 20, 2);
        var balancer = (GradientBalancer)Balancers.Make("gradnorm", 3);
        Balancers.Combine(balancer, rows, losses: [9, 9, 9]).ShouldBe([.. Enumerable.Range(0, 20).Select(i => rows[0][i] + rows[1][i] + rows[2][i])], 1e-5);
        balancer.LearnFromEpoch([1, 4, 0.5], [true, true, true]);

        Balancers.Combine(balancer, rows, 2, Losses, epoch: 2);

        double[] ratios = [0.7 / 1, 2.0 / 4, 1.2 / 0.5];
        double[] relative = [.. ratios.Select(ratio => Math.Pow(ratio / ratios.Average(), 1.5))];
        double[] norms = [.. rows.Select(Balancers.Norm)];
        double Objective(double[] logits, double mean)
        {
            var sum = logits.Sum(Math.Exp);
            return logits.Select((logit, t) => Math.Abs(3 * Math.Exp(logit) / sum * norms[t] - mean * relative[t])).Sum();
        }

        var moments = Floats(balancer, "first_moment");
        for (var task = 0; task < 3; task++)
        {
            var (up, down) = (new double[3], new double[3]);
            (up[task], down[task]) = (1e-5, -1e-5);
            (moments[task] / 0.1).ShouldBe((Objective(up, norms.Average()) - Objective(down, norms.Average())) / 2e-5, 1e-3);
        }
    }

    [Fact]
    public void Moco_is_its_algorithm()
    {
        var balancer = (GradientBalancer)Balancers.Make("moco", 3, """{"rho":0.2}""");
        double[][] tracked = [new double[20], new double[20], new double[20]];
        double[] weights = [1 / 3.0, 1 / 3.0, 1 / 3.0];
        for (var step = 1; step <= 5; step++)
        {
            var rows = Balancers.Rows(3, 20, (ulong)step);
            var rate = 0.5 / Math.Sqrt(step);
            for (var t = 0; t < 3; t++)
                tracked[t] = [.. tracked[t].Zip(rows[t], (y, g) => y - rate * (y - g / Balancers.Norm(rows[t]) * Losses[t]))];
            double[] moved = [.. Enumerable.Range(0, 3).Select(t => weights[t] - 0.1 / Math.Sqrt(step) * (Enumerable.Range(0, 3).Sum(j => Dot(tracked[t], tracked[j]) * weights[j]) + 0.2 * weights[t]))];
            weights = [.. moved.Select(value => Math.Exp(value) / moved.Sum(Math.Exp))];

            ShouldBe(Balancers.Combine(balancer, rows, step, Losses), Mix(tracked, weights), 1e-5);
        }
    }

    [Fact]
    public void Dual_balancing_is_its_algorithm()
    {
        var balancer = (GradientBalancer)Balancers.Make("db-mtl", 3, """{"beta":0.8,"betaSigma":0.5}""");
        double[][] means = [new double[20], new double[20], new double[20]];
        for (var step = 1; step <= 5; step++)
        {
            var rows = Balancers.Rows(3, 20, (ulong)step);
            var keep = 0.8 / Math.Sqrt(step);
            for (var t = 0; t < 3; t++)
                means[t] = [.. means[t].Zip(rows[t], (mean, g) => keep * mean + (1 - keep) * g / Losses[t])];
            var largest = means.Max(Norm);

            ShouldBe(Balancers.Combine(balancer, rows, step, Losses), Mix(means, [.. means.Select(mean => largest / Norm(mean))]), 1e-4);
        }
    }

    [Fact]
    public void Excess_risks_weigh_by_their_algorithm()
    {
        var balancer = (GradientBalancer)Balancers.Make("excess-mtl", 3, """{"stepSize":0.5}""");
        double[][] squares = [new double[20], new double[20], new double[20]];
        var (first, weights) = (new double[3], new[] { 1.0, 1, 1 });
        for (var step = 1; step <= 5; step++)
        {
            var rows = Balancers.Rows(3, 20, (ulong)step);
            for (var t = 0; t < 3; t++)
            {
                squares[t] = [.. squares[t].Zip(rows[t], (sum, g) => sum + (double)g * g)];
                var risk = squares[t].Zip(rows[t], (sum, g) => (double)g * g / Math.Sqrt(sum + 1e-7)).Sum();
                if (step == 1)
                    first[t] = risk;
                else
                    weights[t] *= Math.Exp(0.5 * risk / first[t]);
            }

            weights = [.. weights.Select(weight => 3 * weight / weights.Sum())];
            ShouldBe(Balancers.Combine(balancer, rows, step), Mix([.. rows.Select(Doubles)], weights), 1e-4);
        }
    }

    [Fact]
    public void Krum_takes_the_gradients_nearest_to_the_others()
    {
        // The third is far from all, the first nearest to the others.
        float[][] rows = [[0, 0], [1, 0], [100, 100], [0, 1]];

        Balancers.Combine("krum", rows, """{"byzantine":1}""").ShouldBe([0f, 0f]);
        Balancers.Combine("krum", rows, """{"byzantine":1,"selected":3}""").ShouldBe([1 / 3f, 1 / 3f], 1e-6);
    }

    [Fact]
    public void The_trimmed_mean_leaves_the_extremes_out()
    {
        float[][] rows = [[0, 9, 1], [1, -50, 1], [100, 7, 1], [2, 8, 1], [-4, 6, 1]];

        Balancers.Combine("trimmed-mean", rows).ShouldBe([1f, 7f, 1f]);
        Balancers.Combine("trimmed-mean", rows, """{"trim":2}""").ShouldBe([1f, 7f, 1f]);
        Balancers.Combine("trimmed-mean", rows, """{"trim":0}""").ShouldBe([99 / 5f, -4f, 1f], 1e-5);
    }

    [Theory]
    [InlineData("krum", """{"byzantine":2}""", "Weighting 'krum' with byzantine 2 needs at least 5 tasks; there are 4. Lower byzantine, or take 'upgrad'.", "byzantine")]
    [InlineData("krum", """{"selected":5}""", "Weighting 'krum' is to select 5 gradients of 4. Select 4 or fewer.", "selected")]
    [InlineData("trimmed-mean", """{"trim":2}""", "Weighting 'trimmed-mean' with trim 2 needs at least 5 tasks; there are 4. Lower trim, or take another balancer.", "trim")]
    public void Too_few_tasks_are_refused(string key, string options, string text, string field)
    {
        var refusal = WeightingTable.Methods.Create(new Choice(key, JsonNode.Parse(options)!.AsObject().ToDictionary(option => option.Key, option => option.Value?.DeepClone())))
            .Value(new WeightingContext(["a", "b", "c", "d"], 1)).Error!;

        (refusal.ToString(), refusal.Field, refusal.Kind).ShouldBe((text, field, ErrorKind.Invalid));
    }

    [Fact]
    public void Cr_mogm_smooths_another_balancers_coefficients()
    {
        var (smoothed, plain) = ((GradientBalancer)Balancers.Make("cr-mogm", 3, """{"of":"cagrad","alpha":0.6}"""), (GradientBalancer)Balancers.Make("cagrad", 3));
        var expected = new double[3];
        for (var step = 1; step <= 4; step++)
        {
            var rows = Balancers.Rows(3, 20, (ulong)step, -1);
            Balancers.Combine(plain, rows, step);
            for (var t = 0; t < 3; t++)
                expected[t] = step == 1 ? plain.Coefficients[t] : 0.6 * expected[t] + 0.4 * plain.Coefficients[t];

            ShouldBe(Balancers.Combine(smoothed, rows, step), Mix([.. rows.Select(Doubles)], expected), 1e-4);
        }
    }

    [Theory]
    [InlineData("l2")]
    [InlineData("loss")]
    [InlineData("loss-l2")]
    public void Normalised_mgda_is_mgda_of_the_normalised_gradients(string normalization)
    {
        var rows = Balancers.Rows(3, 20, 3);
        var scaled = Balancers.Scale(rows, t => (float)(1 / ((normalization == "l2" ? 1 : Losses[t]) * (normalization == "loss" ? 1 : Balancers.Norm(rows[t])))));

        var combined = Balancers.Combine((GradientBalancer)Balancers.Make("mgda", 3, $$"""{"normalization":"{{normalization}}"}"""), rows, losses: Losses);

        ShouldBe(combined, Doubles(Balancers.Combine("mgda", scaled)), 1e-5);
    }

    [Fact]
    public void Cagrad_without_a_ball_is_the_mean_and_rescales_as_asked()
    {
        var rows = Balancers.Rows(3, 20, 4, -1);
        ShouldBe(Balancers.Combine("cagrad", rows, """{"c":0}"""), Mix([.. rows.Select(Doubles)], [1 / 3.0, 1 / 3.0, 1 / 3.0]), 1e-5);

        var plain = Doubles(Balancers.Combine("cagrad", rows));
        ShouldBe(Balancers.Combine("cagrad", rows, """{"rescale":"squared"}"""), [.. plain.Select(value => value / 1.25)], 1e-5);
        ShouldBe(Balancers.Combine("cagrad", rows, """{"rescale":"linear"}"""), [.. plain.Select(value => value / 1.5)], 1e-5);
    }

    [Fact]
    public void Nash_keeps_its_coefficients_between_solutions()
    {
        var balancer = (GradientBalancer)Balancers.Make("nash-mtl", 3, """{"updateEvery":3,"maxNorm":0}""");
        var solutions = new List<float[]>();
        for (var step = 1; step <= 7; step++)
        {
            Balancers.Combine(balancer, Balancers.Rows(3, 20, (ulong)step), step);
            solutions.Add(balancer.Coefficients.ToArray());
        }

        solutions[1].ShouldBe(solutions[0]);
        solutions[2].ShouldBe(solutions[0]);
        solutions[3].ShouldNotBe(solutions[0]);
        solutions[5].ShouldBe(solutions[3]);
        solutions[6].ShouldNotBe(solutions[3]);
    }

    [Fact]
    public void Impartial_losses_learn_from_the_slope_of_their_objective_and_come_to_one()
    {
        var balancer = (GradientBalancer)Balancers.Make("imtl", 3, """{"learningRate":0.05}""");
        var rows = Balancers.Rows(3, 20, 5);
        Balancers.Combine(balancer, rows, losses: Losses);
        Floats(balancer, "1/first_moment")[0].ShouldBe(0.1f * (2 - 1), 1e-6f);

        for (var step = 2; step < 2000; step++)
            Balancers.Combine(balancer, rows, step, Losses);

        Floats(balancer, "log_scale").Zip(Losses, (scale, loss) => Math.Exp(scale) * loss).ShouldBe([1, 1, 1], 1e-3);
    }

    private static float[] Floats(GradientBalancer balancer, string name) => MemoryMarshal.Cast<byte, float>(balancer.State.Single(tensor => tensor.Name == name).Bytes).ToArray();

    private static double[] Doubles(float[] values) => [.. values.Select(value => (double)value)];

    private static double[] Mix(double[][] rows, double[] weights) => [.. Enumerable.Range(0, rows[0].Length).Select(i => rows.Zip(weights, (row, weight) => row[i] * weight).Sum())];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Norm(double[] a) => Math.Sqrt(Dot(a, a));

    private static void ShouldBe(float[] actual, double[] expected, double tolerance)
    {
        var size = 1 + expected.Max(Math.Abs);
        actual.Select(value => (double)value).ShouldBe(expected, tolerance * size);
    }
}
