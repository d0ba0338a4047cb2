using Mtl.Core.Definitions;
using Mtl.Core.Random;
using Mtl.Learning.Probabilistic;
using Mtl.Learning.Probabilistic.Latent;
using Mtl.Learning.State;
using Mtl.Learning.Unsupervised;

namespace Mtl.Learning.Tests.Probabilistic;

public class LatentAscentTests
{
    private const int Rows = 60;
    private const int Features = 5;

    private static readonly LatentMixtureOptions Options = new() { Dimensions = 3, Lambda = 0.02, ProjectionPenalty = 0.05 };

    [Fact]
    public void The_gradients_are_those_of_finite_differences()
    {
        var problem = Problem(Options);
        var ascent = new LatentAscent(problem, seed: 3);
        ascent.Start(0);
        var point = ascent.Point;
        var slopes = new double[problem.SlopeCount];
        var projected = problem.Project(point.Projection);
        problem.Objective(projected, point, slopes);

        Check(point.Latents, problem.LatentGradient(projected, point, slopes));
        Check(point.Projection, problem.ProjectionGradient(point, slopes));

        void Check(double[] values, double[] gradient)
        {
            const double Step = 1e-5;
            for (var i = 0; i < values.Length; i++)
            {
                var value = values[i];
                values[i] = value + Step;
                var above = problem.Objective(problem.Project(point.Projection), point);
                values[i] = value - Step;
                var below = problem.Objective(problem.Project(point.Projection), point);
                values[i] = value;
                gradient[i].ShouldBe((above - below) / (2 * Step), 1e-8);
            }
        }
    }

    [Fact]
    public void The_objective_never_falls_and_ends_where_gradients_vanish()
    {
        var ascent = new LatentAscent(Problem(Options), seed: 3);
        ascent.Start(0);
        var last = double.NegativeInfinity;
        var residual = 0.0;
        for (var i = 0; i < 3000; i++)
        {
            (var before, var after, residual) = ascent.Iterate();
            before.ShouldBeGreaterThanOrEqualTo(last - 1e-12);
            after.ShouldBeGreaterThanOrEqualTo(before);
            last = after;
        }

        residual.ShouldBeLessThan(1e-5);

        // At a stationary point z·∂J/∂z = W·∂J/∂W, hence λ‖z‖² = μ‖W‖².
        var (projection, latents) = ascent.Point;
        var z = latents.Where((_, i) => (i + 1) % 4 != 0).Sum(value => value * value);
        (Options.Lambda * z).ShouldBe(Options.ProjectionPenalty * projection.Sum(value => value * value), 1e-4);
    }

    [Fact]
    public void Other_starts_end_elsewhere_and_the_same_start_ends_the_same()
    {
        double[] Objectives(ulong seed, int start)
        {
            var ascent = new LatentAscent(Problem(Options), seed);
            ascent.Start(start);
            return [.. Enumerable.Range(0, 20).Select(_ => ascent.Iterate().After)];
        }

        Objectives(3, 0).ShouldBe(Objectives(3, 0));
        Objectives(3, 1)[0].ShouldNotBe(Objectives(3, 0)[0]);
        Objectives(4, 0)[0].ShouldNotBe(Objectives(3, 0)[0]);
    }

    [Fact]
    public void A_restored_ascent_goes_on_bit_for_bit()
    {
        var (whole, resumed) = (new LatentAscent(Problem(Options), seed: 3), new LatentAscent(Problem(Options), seed: 3));
        whole.Start(0);
        for (var i = 0; i < 7; i++)
            whole.Iterate();
        foreach (var (from, to) in whole.State.Zip<NamedTensor, NamedTensor>(resumed.State))
            from.Bytes.CopyTo(to.Bytes);

        for (var i = 0; i < 7; i++)
            resumed.Iterate().ShouldBe(whole.Iterate());
    }

    [Fact]
    public void Class_probabilities_are_bayes_rule_on_the_mixture()
    {
        // Classes as components N(x | W·z_c, I): the posterior is the softmax of zᵀWᵀx + b with b_c = log π_c − ½‖W·z_c‖².
        double[] shares = [0.2, 0.5, 0.3];
        double[][] means = [[1, -0.5], [0.3, 0.8], [-1.2, 0.1]];
        var mixture = GaussianMixture.Of(CovarianceForm.Spherical, shares, [.. means.SelectMany(mean => mean)], [1, 1, 1]).Value;
        double[] x = [0.7, -0.4];
        var scores = means.Select((mean, c) => mean[0] * x[0] + mean[1] * x[1] + Math.Log(shares[c]) - 0.5 * (mean[0] * mean[0] + mean[1] * mean[1])).ToArray();

        var task = new LatentTask(TaskKind.Multiclass, 3, [0], [2]);

        task.LogLikelihood(scores, 2).ShouldBe(Math.Log(mixture.Responsibilities(new Points(x, 2))[2]), 1e-12);
    }

    [Fact]
    public void A_sure_classifier_has_finite_likelihoods()
    {
        var binary = new LatentTask(TaskKind.Binary, 1, [0], [1]);
        double[] sure = [800];
        double[] wrong = [-800];

        binary.LogLikelihood(sure, 1).ShouldBe(0);
        binary.LogLikelihood(wrong, 1).ShouldBe(-800);
        wrong[0].ShouldBe(1);
    }

    private static LatentMixtureProblem Problem(LatentMixtureOptions options)
    {
        var random = new CounterRandom(1, "latent test");
        double[] features = [.. Enumerable.Range(0, Rows * Features).Select(i => random.Normal((ulong)i))];
        int[] all = [.. Enumerable.Range(0, Rows)];
        int[] some = [.. all.Where(row => row % 3 != 0)];
        double Score(int row, int shift) => features[row * Features + shift] - features[row * Features + 1] + random.Fork((ulong)shift).Normal((ulong)row);
        return new LatentMixtureProblem(
            features,
            Features,
            [
                new LatentTask(TaskKind.Regression, 1, all, [.. all.Select(row => Score(row, 0))]),
                new LatentTask(TaskKind.Binary, 1, some, [.. some.Select(row => Score(row, 2) > 0 ? 1.0 : 0)]),
                new LatentTask(TaskKind.Multiclass, 3, all, [.. all.Select(row => Math.Clamp(Math.Round(Score(row, 3)) + 1, 0, 2))]),
            ],
            options);
    }
}
