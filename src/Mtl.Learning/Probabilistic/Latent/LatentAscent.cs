using Mtl.Core.Random;
using Mtl.Learning.State;

namespace Mtl.Learning.Probabilistic.Latent;

/// <summary>
/// Alternating gradient ascent: z ← z + η_z ∂J/∂z, then W ← W + η_W ∂J/∂W. Each step begins with twice the length of its last one and is halved until J rises by at least 0.3·η·‖gradient‖², so J never falls.
/// </summary>
internal sealed class LatentAscent(LatentMixtureProblem problem, ulong seed) : IStateful
{
    private const double SufficientShare = 0.3;
    private const int MostHalvings = 60;

    private readonly double[] steps = [1, 1];

    /// <summary>W and z now.</summary>
    public LatentPoint Point { get; } = new(new double[problem.Dimensions * problem.Features], new double[problem.Outputs * (problem.Dimensions + 1)]);

    public IReadOnlyList<NamedTensor> State =>
    [
        NamedTensor.Of("projection", Point.Projection.AsMemory()),
        NamedTensor.Of("latents", Point.Latents.AsMemory()),
        NamedTensor.Of("steps", steps.AsMemory()),
    ];

    /// <summary>Begins anew from random W and z, and biases of 0; a function of the seed and the start's number.</summary>
    public void Start(int start)
    {
        var random = new CounterRandom(seed, "latent mixture start").Fork((ulong)start);
        for (var i = 0; i < Point.Projection.Length; i++)
            Point.Projection[i] = random.Fork("projection").Normal((ulong)i) / Math.Sqrt(problem.Features);
        for (var i = 0; i < Point.Latents.Length; i++)
            Point.Latents[i] = (i + 1) % (problem.Dimensions + 1) == 0 ? 0 : random.Fork("latents").Normal((ulong)i) / Math.Sqrt(problem.Dimensions);
        (steps[0], steps[1]) = (1, 1);
    }

    /// <summary>A step in z and one in W.</summary>
    /// <returns>J before and after, and the gradients' length at the steps' starts relative to 1 + ‖(z, W)‖.</returns>
    public (double Before, double After, double Residual) Iterate()
    {
        var slopes = new double[problem.SlopeCount];
        var projected = problem.Project(Point.Projection);
        var before = problem.Objective(projected, Point, slopes);

        var latentGradient = problem.LatentGradient(projected, Point, slopes);
        var (after, latents) = Ascend(ref steps[0], before, Point.Latents, latentGradient, (moved, _) => problem.Objective(projected, Point with { Latents = moved }));
        latents.CopyTo(Point.Latents, 0);

        after = problem.Objective(projected, Point, slopes);
        var projectionGradient = problem.ProjectionGradient(Point, slopes);
        var direction = problem.Project(projectionGradient);
        (after, var projection) = Ascend(
            ref steps[1],
            after,
            Point.Projection,
            projectionGradient,
            (moved, step) => problem.Objective(Along(projected, direction, step), Point with { Projection = moved }));
        projection.CopyTo(Point.Projection, 0);

        var size = Math.Sqrt(SumOfSquares(Point.Latents) + SumOfSquares(Point.Projection));
        return (before, after, Math.Sqrt(SumOfSquares(latentGradient) + SumOfSquares(projectionGradient)) / (1 + size));
    }

    /// <summary>Goes along the gradient as far as J rises enough; stays where no step does, which is within rounding of a maximum.</summary>
    private static (double Objective, double[] Moved) Ascend(ref double step, double objective, double[] from, double[] gradient, Func<double[], double, double> evaluate)
    {
        var square = SumOfSquares(gradient);
        step *= 2;
        for (var halving = 0; halving < MostHalvings; halving++, step /= 2)
        {
            var moved = Along(from, gradient, step);
            var there = evaluate(moved, step);
            if (there >= objective + (SufficientShare * step * square))
                return (there, moved);
        }

        step = 1;
        return (objective, from);
    }

    private static double[] Along(double[] from, double[] direction, double step)
    {
        var moved = new double[from.Length];
        for (var i = 0; i < moved.Length; i++)
            moved[i] = from[i] + (step * direction[i]);
        return moved;
    }

    private static double SumOfSquares(double[] values) => values.Sum(value => value * value);
}
