using System.Numerics;
using System.Numerics.Tensors;

namespace Mtl.Learning.Algebra;

/// <summary>A symmetric positive definite matrix as L·Lᵀ, in place in the lower triangle of a flat row-major array, rows <c>stride</c> apart; no other memory is needed.</summary>
internal static class Cholesky
{
    /// <summary>The relative pivot below which a matrix counts as singular to rounding.</summary>
    public const double RoundingPivot = 1e-14;

    /// <summary>Factors an n × n matrix without gaps between its rows; false when a pivot is not above <paramref name="relativePivot"/> times the diagonal element it comes from.</summary>
    public static bool Factor(Span<double> matrix, int n, double relativePivot = 0)
    {
        for (var row = 0; row < n; row++)
            if (!Append(matrix, row, n, relativePivot * matrix[row * n + row]))
                return false;
        return true;
    }

    /// <summary>Factors one more row, those before it being factored; false when its pivot is not above <paramref name="smallestPivot"/>, or is not finite.</summary>
    public static bool Append(Span<double> matrix, int row, int stride, double smallestPivot)
    {
        var own = matrix.Slice(row * stride, row + 1);
        for (var j = 0; j < row; j++)
            own[j] = (own[j] - Dot(own[..j], matrix.Slice(j * stride, j))) / matrix[j * stride + j];
        var pivot = own[row] - Dot(own[..row], own[..row]);
        if (!(pivot > smallestPivot) || double.IsInfinity(pivot))
            return false;
        own[row] = Math.Sqrt(pivot);
        return true;
    }

    /// <summary>Overwrites b with the solution of L·Lᵀ·x = b.</summary>
    public static void Solve(ReadOnlySpan<double> factor, int stride, Span<double> b)
    {
        SolveLower(factor, stride, b);
        SolveUpper(factor, stride, b);
    }

    /// <summary>Overwrites b with the solution of L·x = b.</summary>
    public static void SolveLower(ReadOnlySpan<double> factor, int stride, Span<double> b)
    {
        for (var i = 0; i < b.Length; i++)
            b[i] = (b[i] - Dot(factor.Slice(i * stride, i), b[..i])) / factor[i * stride + i];
    }

    /// <summary>Overwrites b with the solution of Lᵀ·x = b.</summary>
    public static void SolveUpper(ReadOnlySpan<double> factor, int stride, Span<double> b)
    {
        for (var i = b.Length - 1; i >= 0; i--)
        {
            b[i] /= factor[i * stride + i];
            TensorPrimitives.MultiplyAdd(factor.Slice(i * stride, i), -b[i], b[..i], b[..i]);
        }
    }

    /// <summary>L⁻¹, lower triangular, without gaps between its rows.</summary>
    public static double[] InverseOf(ReadOnlySpan<double> factor, int n)
    {
        var inverse = new double[n * n];
        var column = new double[n];
        for (var j = 0; j < n; j++)
        {
            Array.Clear(column);
            column[j] = 1;
            SolveLower(factor, n, column);
            for (var i = j; i < n; i++)
                inverse[i * n + j] = column[i];
        }

        return inverse;
    }

    /// <summary>Σ aᵢ·bᵢ in an order that depends on the length alone, so that the same numbers give the same bits wherever they lie in memory.</summary>
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var lanes = Vector<double>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count)
            lanes += new Vector<double>(a[i..]) * new Vector<double>(b[i..]);
        var sum = 0.0;
        for (var lane = 0; lane < Vector<double>.Count; lane++)
            sum += lanes[lane];
        for (; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
