namespace Mtl.Learning.Weightings.Solvers;

/// <summary>
/// The point of least norm in the convex hull of vectors, from their inner products: λ ≥ 0, Σλ = 1 with λᵀGλ least. Exact but for rounding: with any ε, the x ≥ 0 that minimises
/// ½xᵀ(G + ε²11ᵀ)x − ε²1ᵀx is a multiple of λ, since for x = s·λ the best s leaves −½ε⁴/(λᵀGλ + ε²). Source of the characterisation: Wolfe, "Finding the nearest point in a polytope", 1976.
/// A vector of length 0 is the point itself.
/// </summary>
/// <param name="capacity">The largest number of vectors.</param>
internal sealed class MinimumNorm(int capacity)
{
    private readonly NonNegativeQuadratic program = new(capacity);
    private readonly double[] lifted = new double[capacity * capacity];
    private readonly double[] target = new double[capacity];

    /// <param name="gram">G, [n·n].</param>
    /// <param name="weights">λ, [n], overwritten.</param>
    /// <returns>λᵀGλ, the squared norm; at least 0.</returns>
    /// <exception cref="SolverException">See <see cref="NonNegativeQuadratic"/>.</exception>
    public double Solve(ReadOnlySpan<double> gram, Span<double> weights)
    {
        var n = weights.Length;
        var least = double.PositiveInfinity;
        for (var i = 0; i < n; i++)
        {
            if (gram[i * n + i] <= 0)
            {
                weights.Clear();
                weights[i] = 1;
                return 0;
            }

            least = Math.Min(least, gram[i * n + i]);
        }

        for (var i = 0; i < n * n; i++)
            lifted[i] = gram[i] + least;
        var ones = target.AsSpan(0, n);
        ones.Fill(least);
        program.Solve(lifted, ones, weights);
        var sum = 0.0;
        foreach (var weight in weights)
            sum += weight;
        for (var i = 0; i < n; i++)
            weights[i] /= sum;
        return Math.Max(0, SmallMatrix.Product(weights, gram, weights));
    }
}
