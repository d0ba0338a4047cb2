using Mtl.Learning.Vectors;
using Mtl.Learning.Weightings.Solvers;

namespace Mtl.Learning.Weightings;

/// <summary>The program of <see cref="Forum"/>: λ on the simplex and ν ≥ 0 with ½‖Σ λₜF̂ₜ + νq‖² − νρ‖q‖² least. It is convex, and so is its minimum over λ as a function of ν.</summary>
internal sealed class ForumProgram(int tasks, double rho)
{
    private const int Halvings = 60;

    private readonly MinimumNorm minimum = new(tasks);
    private readonly double[] all = new double[tasks * tasks];
    private readonly double[] gram = new double[tasks * tasks];
    private readonly double[] lifted = new double[tasks * tasks];
    private readonly double[] inverses = new double[tasks];
    private readonly double[] products = new double[tasks];
    private readonly double[] found = new double[tasks];
    private readonly double[] weights = new double[tasks];
    private readonly int[] moving = new int[tasks];
    private double square;
    private int count;

    /// <summary>λ, [tasks]; 0 for a task without a gradient.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>1/‖Fₜ‖; 0 for a gradient of 0.</summary>
    public double Inverse(int task) => inverses[task];

    /// <param name="gradients">F.</param>
    /// <param name="slope">q's part along the parameters.</param>
    /// <param name="squaredNorm">‖q‖², its other part included, in which F is 0.</param>
    public void Load(GradientMatrix gradients, ReadOnlySpan<float> slope, double squaredNorm)
    {
        (square, count) = (squaredNorm, 0);
        gradients.Gram(all);
        for (var task = 0; task < tasks; task++)
        {
            inverses[task] = all[task * tasks + task] > 0 ? 1 / Math.Sqrt(all[task * tasks + task]) : 0;
            products[task] = Gram.Dot(gradients.Row(task), slope) * inverses[task];
            if (inverses[task] > 0)
                moving[count++] = task;
        }

        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++)
                gram[i * count + j] = all[moving[i] * tasks + moving[j]] * inverses[moving[i]] * inverses[moving[j]];
    }

    /// <exception cref="SolverException">See <see cref="NonNegativeQuadratic"/>.</exception>
    public void Solve()
    {
        Array.Clear(weights);
        if (count == 0)
            return;
        if (Slope(0) < 0)
        {
            var steepest = 0.0;
            for (var i = 0; i < count; i++)
                steepest = Math.Max(steepest, Math.Abs(products[moving[i]]));
            var (low, high) = (0.0, rho + steepest / square);
            for (var halving = 0; halving < Halvings; halving++)
            {
                var middle = (low + high) / 2;
                if (Slope(middle) < 0)
                    low = middle;
                else
                    high = middle;
            }

            Slope(high);
        }

        for (var i = 0; i < count; i++)
            weights[moving[i]] = found[i];
    }

    /// <summary>The best ν for some λ.</summary>
    public double Multiplier(ReadOnlySpan<double> lambda)
    {
        var along = 0.0;
        for (var task = 0; task < tasks; task++)
            along += lambda[task] * products[task];
        return square > 0 ? Math.Max(0, rho - along / square) : 0;
    }

    /// <summary>The objective's slope in ν at the best λ for it, which is left in <c>found</c>.</summary>
    private double Slope(double nu)
    {
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++)
                lifted[i * count + j] = gram[i * count + j] + nu * (products[moving[i]] + products[moving[j]]) + nu * nu * square;
        minimum.Solve(lifted.AsSpan(0, count * count), found.AsSpan(0, count));
        var along = 0.0;
        for (var i = 0; i < count; i++)
            along += found[i] * products[moving[i]];
        return along + (nu - rho) * square;
    }
}
