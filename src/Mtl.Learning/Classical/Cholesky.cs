using System.Numerics.Tensors;

namespace Mtl.Learning.Classical;

/// <summary>A symmetric positive definite matrix as L·Lᵀ, in place over a flat row-major array, so that hundreds of small systems need no other memory.</summary>
internal static class Cholesky
{
    /// <summary>Overwrites the lower triangle with L; false when the matrix is not positive definite to rounding.</summary>
    public static bool Factor(Span<double> matrix, int n)
    {
        for (var i = 0; i < n; i++)
        {
            var row = matrix.Slice(i * n, n);
            var before = row[i];
            for (var j = 0; j <= i; j++)
            {
                var sum = row[j] - TensorPrimitives.Dot<double>(row[..j], matrix.Slice(j * n, j));
                if (j < i)
                    row[j] = sum / matrix[j * n + j];
                else if (sum > 1e-14 * before)
                    row[i] = Math.Sqrt(sum);
                else
                    return false;
            }
        }

        return true;
    }

    /// <summary>Overwrites b with the solution of L·Lᵀ·x = b.</summary>
    public static void Solve(ReadOnlySpan<double> factor, Span<double> b)
    {
        SolveLower(factor, b);
        SolveUpper(factor, b);
    }

    /// <summary>Overwrites b with the solution of L·x = b.</summary>
    public static void SolveLower(ReadOnlySpan<double> factor, Span<double> b)
    {
        var n = b.Length;
        for (var i = 0; i < n; i++)
            b[i] = (b[i] - TensorPrimitives.Dot<double>(factor.Slice(i * n, i), b[..i])) / factor[i * n + i];
    }

    /// <summary>Overwrites b with the solution of Lᵀ·x = b.</summary>
    public static void SolveUpper(ReadOnlySpan<double> factor, Span<double> b)
    {
        var n = b.Length;
        for (var i = n - 1; i >= 0; i--)
        {
            b[i] /= factor[i * n + i];
            TensorPrimitives.MultiplyAdd(factor.Slice(i * n, i), -b[i], b[..i], b[..i]);
        }
    }
}
