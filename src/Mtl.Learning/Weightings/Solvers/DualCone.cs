namespace Mtl.Learning.Weightings.Solvers;

/// <summary>
/// Projects a combination Jᵀu of gradients onto the directions that conflict with none of them, {d : Jd ≥ 0}: the projection is Jᵀv with v ≥ u and vᵀGv least, a quadratic program over v − u ≥ 0.
/// G's diagonal is raised by the share n·2⁻²⁴, the rounding of inner products of float vectors, without which those of dependent gradients would not be positive semidefinite.
/// Source: Quinton and Rey, "Jacobian Descent for Multi-Objective Optimization", 2024, proposition 1.
/// </summary>
/// <param name="capacity">The largest number of gradients.</param>
internal sealed class DualCone(int capacity)
{
    private readonly NonNegativeQuadratic program = new(capacity);
    private readonly double[] firm = new double[capacity * capacity];
    private readonly double[] target = new double[capacity];
    private readonly double[] added = new double[capacity];

    /// <summary>G divided by its trace, plus a multiple of the identity, in place: what makes the projection unique and tames nearly dependent gradients. A matrix of zeros stays so.</summary>
    public static void Regularize(Span<double> gram, int n, double regularization)
    {
        var trace = 0.0;
        for (var i = 0; i < n; i++)
            trace += gram[i * n + i];
        if (!(trace > 0))
            return;
        for (var i = 0; i < n * n; i++)
            gram[i] /= trace;
        for (var i = 0; i < n; i++)
            gram[i * n + i] += regularization;
    }

    /// <param name="gram">G, [n·n].</param>
    /// <param name="weights">u, replaced by v.</param>
    /// <exception cref="SolverException">See <see cref="NonNegativeQuadratic"/>.</exception>
    public void Project(ReadOnlySpan<double> gram, Span<double> weights)
    {
        var n = weights.Length;
        var b = target.AsSpan(0, n);
        var x = added.AsSpan(0, n);
        SmallMatrix.Multiply(gram, weights, b);
        for (var i = 0; i < n; i++)
            b[i] = -b[i];
        gram[..(n * n)].CopyTo(firm);
        for (var i = 0; i < n; i++)
            firm[i * n + i] *= 1 + n * 5.9604645e-8;
        program.Solve(firm.AsSpan(0, n * n), b, x);
        for (var i = 0; i < n; i++)
            weights[i] += x[i];
    }
}
