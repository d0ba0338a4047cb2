namespace Mtl.Learning.Probabilistic;

/// <summary>Cholesky factors of small matrices, row-major [n, n].</summary>
internal static class LowerTriangle
{
    /// <summary>L with L·Lᵀ = A, from A's lower triangle; null when A is not positive definite.</summary>
    public static double[]? Cholesky(ReadOnlySpan<double> matrix, int n)
    {
        var factor = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = matrix[(i * n) + j];
                for (var m = 0; m < j; m++)
                    rest -= factor[(i * n) + m] * factor[(j * n) + m];
                if (i != j)
                    factor[(i * n) + j] = rest / factor[(j * n) + j];
                else if (rest > 0 && double.IsFinite(rest))
                    factor[(i * n) + i] = Math.Sqrt(rest);
                else
                    return null;
            }
        }

        return factor;
    }

    /// <summary>L⁻¹.</summary>
    public static double[] Inverse(ReadOnlySpan<double> factor, int n)
    {
        var inverse = new double[n * n];
        for (var column = 0; column < n; column++)
        {
            for (var row = column; row < n; row++)
            {
                var rest = row == column ? 1.0 : 0.0;
                for (var m = column; m < row; m++)
                    rest -= factor[(row * n) + m] * inverse[(m * n) + column];
                inverse[(row * n) + column] = rest / factor[(row * n) + row];
            }
        }

        return inverse;
    }
}
