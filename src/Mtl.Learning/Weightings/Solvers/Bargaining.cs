using Mtl.Learning.Algebra;

namespace Mtl.Learning.Weightings.Solvers;

/// <summary>
/// Finds x > 0 with (Gx)ᵢ = xᵢ^(−p), the stationary point of the convex ½xᵀGx − Σψ(xᵢ), ψ′(x) = x^(−p), by damped Newton steps. Gradients are brought to norm 1 first (xᵢ = yᵢ/dᵢ, (Cy)ᵢ = dᵢ^(p−1)·yᵢ^(−p)),
/// so for p = 1 their sizes do not matter at all. The relative residual is at most <see cref="Tolerance"/>.
/// There is no solution where a non-negative combination of the gradients vanishes (a Pareto-stationary point); within rounding this is a least norm of unit gradients below √<see cref="Stationary"/>.
/// </summary>
/// <param name="capacity">The largest number of gradients.</param>
internal sealed class Bargaining(int capacity)
{
    public const double Tolerance = 1e-4;

    /// <summary>Squared norm of a convex combination of unit gradients that counts as 0: float inner products leave no digit of it.</summary>
    public const double Stationary = 1e-7;

    private const double Aim = 1e-10;
    private const int Limit = 500;

    private readonly MinimumNorm minimum = new(capacity);
    private readonly SymmetricEigen eigen = new(capacity);
    private readonly double[] norms = new double[capacity];
    private readonly double[] cosines = new double[capacity * capacity];
    private readonly double[] factor = new double[capacity * capacity];
    private readonly double[] scale = new double[capacity];
    private readonly double[] y = new double[capacity];
    private readonly double[] product = new double[capacity];
    private readonly double[] trial = new double[capacity];
    private readonly double[] trialProduct = new double[capacity];
    private readonly double[] move = new double[capacity];

    /// <param name="gram">G, [n·n], of gradients none of which is 0.</param>
    /// <param name="p">The exponent, above 0; 1 is Nash's bargaining solution.</param>
    /// <param name="x">[n], overwritten; zeros where there is no solution.</param>
    /// <returns>Whether there is a solution.</returns>
    /// <exception cref="SolverException">The residual stays above the tolerance.</exception>
    public bool Solve(ReadOnlySpan<double> gram, double p, Span<double> x)
    {
        var n = x.Length;
        SmallMatrix.Cosines(gram, norms.AsSpan(0, n), cosines);
        eigen.MakePositive(cosines, n);
        if (minimum.Solve(cosines.AsSpan(0, n * n), x) < Stationary)
        {
            x.Clear();
            return false;
        }

        Begin(n, p);
        var iteration = 0;
        for (; iteration < Limit && Residual(n, p) > Aim; iteration++)
            if (!Improve(n, p))
                break;
        var residual = Residual(n, p);
        if (!(residual <= Tolerance))
            throw new SolverException("The bargaining solution", residual, Tolerance, iteration);
        for (var i = 0; i < n; i++)
            x[i] = y[i] / norms[i];
        return true;
    }

    /// <summary>Starts at the solution for orthogonal gradients, lengthened so that the equations hold on average.</summary>
    private void Begin(int n, double p)
    {
        var (quadratic, linear) = (0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            scale[i] = Math.Pow(norms[i], p - 1);
            y[i] = Math.Pow(scale[i], 1 / (1 + p));
            linear += scale[i] * Math.Pow(y[i], 1 - p);
        }

        var start = y.AsSpan(0, n);
        quadratic = SmallMatrix.Product(start, cosines, start);
        var stretch = Math.Pow(linear / quadratic, 1 / (1 + p));
        for (var i = 0; i < n; i++)
            y[i] *= stretch;
    }

    private double Residual(int n, double p) => Residual(y, product, n, p);

    private double Residual(double[] at, double[] products, int n, double p)
    {
        SmallMatrix.Multiply(cosines, at.AsSpan(0, n), products);
        var residual = 0.0;
        for (var i = 0; i < n; i++)
            residual = Math.Max(residual, Math.Abs(products[i] * Math.Pow(at[i], p) / scale[i] - 1));
        return residual;
    }

    /// <summary>One Newton step, shortened until it stays positive and lowers the objective, or, where that is within rounding, the residual; false when none does. Expects C·y in product.</summary>
    private bool Improve(int n, double p)
    {
        for (var i = 0; i < n; i++)
        {
            var force = scale[i] * Math.Pow(y[i], -p);
            move[i] = force - product[i];
            for (var j = 0; j <= i; j++)
                factor[i * n + j] = cosines[i * n + j];
            factor[i * n + i] += p * force / y[i];
        }

        var slope = 0.0;
        for (var i = 0; i < n; i++)
            trial[i] = move[i];
        if (!Cholesky.Factor(factor, n))
            return false;
        Cholesky.Solve(factor, n, move.AsSpan(0, n));
        var reach = 1.0;
        for (var i = 0; i < n; i++)
        {
            slope -= trial[i] * move[i];
            if (move[i] < 0)
                reach = Math.Min(reach, -0.95 * y[i] / move[i]);
        }

        var (now, residual) = (Objective(y, n, p), Residual(n, p));
        for (var halving = 0; halving < 60; halving++, reach /= 2)
        {
            for (var i = 0; i < n; i++)
                trial[i] = y[i] + reach * move[i];
            if (Objective(trial, n, p) <= now + 1e-4 * reach * slope || Residual(trial, trialProduct, n, p) < 0.9 * residual)
            {
                trial.AsSpan(0, n).CopyTo(y);
                return true;
            }
        }

        return false;
    }

    private double Objective(double[] at, int n, double p)
    {
        var point = at.AsSpan(0, n);
        var value = 0.5 * SmallMatrix.Product(point, cosines, point);
        for (var i = 0; i < n; i++)
            value -= scale[i] * (p == 1 ? Math.Log(at[i]) : Math.Pow(at[i], 1 - p) / (1 - p));
        return value;
    }
}
