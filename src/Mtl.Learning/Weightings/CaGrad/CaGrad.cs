using Mtl.Learning.Weightings.Solvers;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Conflict-averse descent: of all d within c·‖g₀‖ of the mean gradient g₀, the one that raises the least improvement minₜ gₜ·d most: d = g₀ + c‖g₀‖·g_w/‖g_w‖, where w on the simplex minimises
/// g_w·g₀ + c‖g₀‖‖g_w‖. Since ‖g_w‖ = min over s of ‖g_w‖²/2s + s/2, that is a search in the one number s = ‖g_w‖, with a least norm over the hull of gₜ + s/(c‖g₀‖)·g₀ at each, solved exactly;
/// log s is found to where the two differ by 1e-12. Where g_w vanishes (within 1e-10 of the largest gradient), or g₀ does, d is 0 or g₀: no direction improves all tasks within the ball.
/// Source: Liu et al., "Conflict-Averse Gradient Descent for Multi-task Learning", NeurIPS 2021, algorithm 1, which does not rescale.
/// </summary>
public sealed class CaGrad(CaGradOptions options, int tasks) : GramBalancer(tasks)
{
    private const double Vanishes = 1e-10;
    private const double Aim = 1e-12;
    private const int Limit = 200;

    private readonly MinimumNorm minimum = new(tasks);
    private readonly SymmetricEigen eigen = new(tasks);
    private readonly double[] norms = new double[tasks];
    private readonly double[] shifted = new double[tasks * tasks];
    private readonly double[] meanProducts = new double[tasks];

    protected internal override void Weigh(GramStep step, Span<double> coefficients)
    {
        var count = step.Count;
        MakePositive(step.Gram, count);
        var (meanSquare, largest) = (0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            meanProducts[i] = 0;
            for (var j = 0; j < count; j++)
                meanProducts[i] += step[i, j] / count;
            meanSquare += meanProducts[i] / count;
            largest = Math.Max(largest, Math.Sqrt(step[i, i]));
        }

        var radius = options.C * Math.Sqrt(Math.Max(0, meanSquare));
        if (!(radius > Vanishes * largest))
        {
            coefficients.Fill(1.0 / count);
            return;
        }

        var norm = FindNorm(step.Gram, meanSquare, radius, largest, coefficients);
        var divisor = options.Rescale switch { CaGradRescale.Squared => 1 + options.C * options.C, CaGradRescale.Linear => 1 + options.C, _ => 1 };
        for (var i = 0; i < count; i++)
            coefficients[i] = norm > 0 ? (1.0 / count + radius / norm * coefficients[i]) / divisor : 0;
    }

    /// <summary>Takes the rounding below 0 out of G, which the shifts would make large.</summary>
    private void MakePositive(Span<double> gram, int count)
    {
        SmallMatrix.Cosines(gram, norms.AsSpan(0, count), shifted);
        eigen.MakePositive(shifted, count);
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++)
                gram[i * count + j] = shifted[i * count + j] * norms[i] * norms[j];
    }

    /// <summary>
    /// The root of s = ‖g_w(s)‖, whose w is left in <paramref name="weights"/>; 0 when only a vanishing s would do. log ‖g_w(s)‖ − log s falls, since the objective is convex in s; its root is
    /// found by the secant rule of Illinois (Dowell and Jarratt, 1971), which keeps it enclosed.
    /// </summary>
    private double FindNorm(ReadOnlySpan<double> gram, double meanSquare, double radius, double largest, Span<double> weights)
    {
        var (low, high) = (Math.Log(Vanishes * largest), Math.Log(largest) + 1e-9);
        var (above, norm) = (Excess(low, out _, gram, meanSquare, radius, weights), 0.0);
        if (!(above > 0))
            return 0;
        var below = Excess(high, out norm, gram, meanSquare, radius, weights);
        var (excess, last) = (below, 0);
        for (var turn = 0; Math.Abs(excess) > Aim; turn++)
        {
            if (turn == Limit)
                throw new SolverException("CAGrad's search for the norm", Math.Abs(excess), Aim, turn);
            var middle = (low * below - high * above) / (below - above);
            if (!(middle > low && middle < high))
                return norm;
            excess = Excess(middle, out norm, gram, meanSquare, radius, weights);
            if (excess > 0)
            {
                (low, above) = (middle, excess);
                below = last == 1 ? below / 2 : below;
                last = 1;
            }
            else
            {
                (high, below) = (middle, excess);
                above = last == -1 ? above / 2 : above;
                last = -1;
            }
        }

        return norm;
    }

    private double Excess(double logarithm, out double norm, ReadOnlySpan<double> gram, double meanSquare, double radius, Span<double> weights)
    {
        norm = Norm(gram, meanSquare, Math.Exp(logarithm) / radius, weights);
        return norm > 0 ? Math.Log(norm) - logarithm : double.NegativeInfinity;
    }

    /// <summary>Finds the w of least ‖g_w + shift·g₀‖ and gives ‖g_w‖.</summary>
    private double Norm(ReadOnlySpan<double> gram, double meanSquare, double shift, Span<double> weights)
    {
        var count = weights.Length;
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++)
                shifted[i * count + j] = gram[i * count + j] + shift * (meanProducts[i] + meanProducts[j]) + shift * shift * meanSquare;
        minimum.Solve(shifted.AsSpan(0, count * count), weights);
        return Math.Sqrt(Math.Max(0, SmallMatrix.Product(weights, gram, weights)));
    }
}
