namespace Mtl.Learning.Weightings.Solvers;

/// <summary>Products with small symmetric matrices, row-major [n·n].</summary>
internal static class SmallMatrix
{
    /// <summary>product = matrix · x.</summary>
    public static void Multiply(ReadOnlySpan<double> matrix, ReadOnlySpan<double> x, Span<double> product)
    {
        var n = x.Length;
        for (var i = 0; i < n; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < n; j++)
                sum += matrix[i * n + j] * x[j];
            product[i] = sum;
        }
    }

    /// <summary>xᵀ · matrix · y.</summary>
    public static double Product(ReadOnlySpan<double> x, ReadOnlySpan<double> matrix, ReadOnlySpan<double> y)
    {
        var n = x.Length;
        var sum = 0.0;
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                sum += x[i] * matrix[i * n + j] * y[j];
        return sum;
    }

    /// <summary>Norms dᵢ = √Gᵢᵢ and cosines Gᵢⱼ/(dᵢdⱼ) of the vectors whose inner products G holds; cosines with a vector of length 0 are 0, its own too.</summary>
    public static void Cosines(ReadOnlySpan<double> gram, Span<double> norms, Span<double> cosines)
    {
        var n = norms.Length;
        for (var i = 0; i < n; i++)
            norms[i] = Math.Sqrt(gram[i * n + i]);
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                cosines[i * n + j] = norms[i] == 0 || norms[j] == 0 ? 0 : i == j ? 1 : gram[i * n + j] / norms[i] / norms[j];
    }
}
