using Mtl.Learning.Algebra;

namespace Mtl.Learning.Weightings.Solvers;

/// <summary>
/// Eigenvalues and eigenvectors of small symmetric matrices by Jacobi's cyclic rotations, which find small eigenvalues of well-scaled matrices to high relative accuracy, and allocate nothing.
/// Source: Golub and Van Loan, "Matrix Computations", section 8.5.
/// </summary>
/// <param name="capacity">The largest n.</param>
internal sealed class SymmetricEigen(int capacity)
{
    private const int Sweeps = 60;
    private const double Tolerance = 1e-13;

    /// <summary>A pivot above this part of its diagonal element is no rounding of 0.</summary>
    private const double PositivePivot = 1e-10;

    private readonly double[] matrix = new double[capacity * capacity];
    private readonly double[] vectors = new double[capacity * capacity];
    private readonly double[] values = new double[capacity];
    private int n;

    /// <summary>The eigenvalues, in no order.</summary>
    public ReadOnlySpan<double> Values => values.AsSpan(0, n);

    /// <summary>Component <paramref name="i"/> of the eigenvector of value <paramref name="k"/>.</summary>
    public double Vector(int i, int k) => vectors[i * n + k];

    /// <summary>Below this an eigenvalue counts as 0: largest · n · 2⁻²³, the rounding of inner products of float vectors.</summary>
    public double Threshold
    {
        get
        {
            var largest = 0.0;
            foreach (var value in Values)
                largest = Math.Max(largest, value);
            return largest * n * 1.1920929e-7;
        }
    }

    /// <exception cref="SolverException">The rotations left off-diagonal elements above the tolerance.</exception>
    public void Decompose(ReadOnlySpan<double> symmetric, int size)
    {
        n = size;
        symmetric[..(n * n)].CopyTo(matrix);
        var size2 = n * n;
        vectors.AsSpan(0, size2).Clear();
        for (var i = 0; i < n; i++)
            vectors[i * n + i] = 1;
        var scale = 0.0;
        for (var i = 0; i < size2; i++)
            scale = Math.Max(scale, Math.Abs(matrix[i]));
        var sweep = 0;
        var rest = OffDiagonal();
        for (; sweep < Sweeps && rest > Tolerance * scale; sweep++, rest = OffDiagonal())
            for (var p = 0; p < n - 1; p++)
                for (var q = p + 1; q < n; q++)
                    Rotate(p, q);
        if (rest > Tolerance * scale)
            throw new SolverException("The eigenvalue decomposition", rest / scale, Tolerance, sweep);
        for (var i = 0; i < n; i++)
            values[i] = matrix[i * n + i];
    }

    /// <summary>
    /// Replaces a matrix by the nearest positive semidefinite one, where the rounding of float inner products left eigenvalues below 0. Most have none: a Cholesky factorisation that succeeds says so at a small
    /// part of the decomposition's cost.
    /// </summary>
    public void MakePositive(Span<double> symmetric, int size)
    {
        symmetric[..(size * size)].CopyTo(matrix);
        if (Cholesky.Factor(matrix, size, PositivePivot))
            return;
        Decompose(symmetric, size);
        for (var k = 0; k < n; k++)
        {
            if (values[k] >= 0)
                continue;
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++)
                    symmetric[i * n + j] -= values[k] * Vector(i, k) * Vector(j, k);
        }
    }

    /// <summary>x = M⁺b with the pseudo-inverse over the eigenvalues above <see cref="Threshold"/>.</summary>
    public void PseudoSolve(ReadOnlySpan<double> b, Span<double> x)
    {
        x.Clear();
        var threshold = Threshold;
        for (var k = 0; k < n; k++)
        {
            if (!(values[k] > threshold))
                continue;
            var share = 0.0;
            for (var i = 0; i < n; i++)
                share += Vector(i, k) * b[i];
            share /= values[k];
            for (var i = 0; i < n; i++)
                x[i] += share * Vector(i, k);
        }
    }

    private double OffDiagonal()
    {
        var largest = 0.0;
        for (var i = 0; i < n; i++)
            for (var j = i + 1; j < n; j++)
                largest = Math.Max(largest, Math.Abs(matrix[i * n + j]));
        return largest;
    }

    private void Rotate(int p, int q)
    {
        var off = matrix[p * n + q];
        if (off == 0)
            return;
        var theta = (matrix[q * n + q] - matrix[p * n + p]) / (2 * off);
        var t = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        if (double.IsInfinity(theta))
            t = 0;
        var c = 1 / Math.Sqrt(t * t + 1);
        var s = t * c;
        for (var k = 0; k < n; k++)
        {
            var (a, b) = (matrix[k * n + p], matrix[k * n + q]);
            (matrix[k * n + p], matrix[k * n + q]) = (c * a - s * b, s * a + c * b);
        }

        for (var k = 0; k < n; k++)
        {
            var (a, b) = (matrix[p * n + k], matrix[q * n + k]);
            (matrix[p * n + k], matrix[q * n + k]) = (c * a - s * b, s * a + c * b);
            (a, b) = (vectors[k * n + p], vectors[k * n + q]);
            (vectors[k * n + p], vectors[k * n + q]) = (c * a - s * b, s * a + c * b);
        }

        matrix[p * n + q] = matrix[q * n + p] = 0;
    }
}
