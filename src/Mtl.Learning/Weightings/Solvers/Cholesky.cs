namespace Mtl.Learning.Weightings.Solvers;

/// <summary>L·Lᵀ of small symmetric positive definite matrices, row-major, in place in the lower triangle.</summary>
internal static class Cholesky
{
    /// <summary>Factors [n·n]; false when a pivot is not above <paramref name="smallestPivot"/>.</summary>
    public static bool Factor(Span<double> matrix, int n, double smallestPivot)
    {
        for (var j = 0; j < n; j++)
        {
            var row = matrix.Slice(j * n, j);
            var pivot = matrix[j * n + j] - Dot(row, row);
            if (!(pivot > smallestPivot))
                return false;
            var root = matrix[j * n + j] = Math.Sqrt(pivot);
            for (var i = j + 1; i < n; i++)
                matrix[i * n + j] = (matrix[i * n + j] - Dot(matrix.Slice(i * n, j), row)) / root;
        }

        return true;
    }

    /// <summary>Solves L·Lᵀ·x = x in place.</summary>
    public static void Solve(ReadOnlySpan<double> factor, int n, Span<double> x)
    {
        for (var i = 0; i < n; i++)
            x[i] = (x[i] - Dot(factor.Slice(i * n, i), x[..i])) / factor[i * n + i];
        for (var i = n - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < n; j++)
                x[i] -= factor[j * n + i] * x[j];
            x[i] /= factor[i * n + i];
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
