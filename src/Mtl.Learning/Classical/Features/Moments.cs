using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Mtl.Learning.Classical.Features;

/// <summary>Means and scatter of some rows' features in double precision.</summary>
internal sealed record Moments(double[] Means, double[] Scatter, int Rows)
{
    /// <param name="features">[any, width], row-major.</param>
    /// <param name="width">Features.</param>
    /// <param name="rows">The rows.</param>
    public static Moments Of(float[] features, int width, ReadOnlySpan<int> rows)
    {
        var (means, scatter, row) = (new double[width], new double[width * width], new double[width]);
        foreach (var index in rows)
            for (var j = 0; j < width; j++)
                means[j] += features[(long)index * width + j];
        TensorPrimitives.Divide(means, Math.Max(1, rows.Length), means);
        foreach (var index in rows)
        {
            for (var j = 0; j < width; j++)
                row[j] = features[(long)index * width + j] - means[j];
            for (var j = 0; j < width; j++)
                if (row[j] != 0)
                    TensorPrimitives.MultiplyAdd(row, row[j], scatter.AsSpan(j * width, width), scatter.AsSpan(j * width, width));
        }

        return new Moments(means, scatter, rows.Length);
    }

    /// <summary>Eigenvalues and unit eigenvectors of a symmetric matrix, the largest first; each vector's largest entry is positive, so that signs do not depend on the algorithm.</summary>
    public static (double Value, double[] Vector)[] Eigen(double[] matrix, int size)
    {
        var eigen = Matrix<double>.Build.Dense(size, size, (double[])matrix.Clone()).Evd(Symmetricity.Symmetric);
        return
        [
            .. Enumerable.Range(0, size).Reverse().Select(index =>
            {
                var vector = eigen.EigenVectors.Column(index).ToArray();
                if (vector.MaxBy(Math.Abs) < 0)
                    TensorPrimitives.Negate(vector, vector);
                return (eigen.EigenValues[index].Real, vector);
            }),
        ];
    }
}
