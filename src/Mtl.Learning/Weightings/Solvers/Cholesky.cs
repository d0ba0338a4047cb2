namespace Mtl.Learning.Weightings.Solvers;

/// <summary>L·Lᵀ of small symmetric positive definite matrices, rows <c>stride</c> apart, in place in the lower triangle.</summary>
internal static class Cholesky
{
    /// <summary>Factors the first <paramref name="n"/> rows; false when a pivot is not above <paramref name="smallestPivot"/>.</summary>
    public static bool Factor(Span<double> matrix, int n, int stride, double smallestPivot)
    {
        for (var row = 0; row < n; row++)
            if (!Append(matrix, row, stride, smallestPivot))
                return false;
        return true;
    }

    /// <summary>Factors one more row, those before it being factored; false when its pivot is not above <paramref name="smallestPivot"/>.</summary>
    public static bool Append(Span<double> matrix, int row, int stride, double smallestPivot)
    {
        var own = matrix.Slice(row * stride, row + 1);
        for (var j = 0; j < row; j++)
            own[j] = (own[j] - Dot(own[..j], matrix.Slice(j * stride, j))) / matrix[j * stride + j];
        var pivot = own[row] - Dot(own[..row], own[..row]);
        if (!(pivot > smallestPivot))
            return false;
        own[row] = Math.Sqrt(pivot);
        return true;
    }

    /// <summary>Solves L·Lᵀ·x = x in place.</summary>
    public static void Solve(ReadOnlySpan<double> factor, int stride, Span<double> x)
    {
        for (var i = 0; i < x.Length; i++)
            x[i] = (x[i] - Dot(factor.Slice(i * stride, i), x[..i])) / factor[i * stride + i];
        for (var i = x.Length - 1; i >= 0; i--)
        {
            var value = x[i] /= factor[i * stride + i];
            for (var j = 0; j < i; j++)
                x[j] -= factor[i * stride + j] * value;
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
