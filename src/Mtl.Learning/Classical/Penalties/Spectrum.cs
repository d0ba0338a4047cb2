using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Penalties;

/// <summary>
/// The singular values of the weights W, and W with others in their place. From the eigenvectors of the smaller of WᵀW and WWᵀ, whose size is the lesser of columns and features; a singular value is
/// good to 1e-8 of the largest, which a threshold cuts off.
/// </summary>
internal sealed class Spectrum
{
    private readonly LinearShape shape;
    private readonly Matrix<double> vectors;
    private readonly bool isOfColumns;

    private Spectrum(LinearShape shape, Evd<double> eigen, bool isOfColumns)
    {
        (this.shape, this.isOfColumns, vectors) = (shape, isOfColumns, eigen.EigenVectors);
        Values = [.. eigen.EigenValues.Select(value => Math.Sqrt(Math.Max(value.Real, 0)))];
    }

    /// <summary>In ascending order.</summary>
    public double[] Values { get; }

    public static Spectrum Of(LinearShape shape, ReadOnlySpan<double> w)
    {
        var isOfColumns = shape.Columns <= shape.Features;
        var size = isOfColumns ? shape.Columns : shape.Features;
        var gram = new double[size * size];
        if (isOfColumns)
        {
            for (var a = 0; a < size; a++)
                for (var b = 0; b <= a; b++)
                    gram[a * size + b] = gram[b * size + a] = TensorPrimitives.Dot(w[shape.Weights(a)], w[shape.Weights(b)]);
        }
        else
        {
            for (var c = 0; c < shape.Columns; c++)
            {
                var weights = w[shape.Weights(c)];
                for (var j = 0; j < size; j++)
                    TensorPrimitives.MultiplyAdd(weights, weights[j], gram.AsSpan(j * size, size), gram.AsSpan(j * size, size));
            }
        }

        return new Spectrum(shape, Matrix<double>.Build.Dense(size, size, gram).Evd(Symmetricity.Symmetric), isOfColumns);
    }

    /// <summary>Replaces the singular values, in the order of <see cref="Values"/>.</summary>
    public void Apply(Span<double> w, double[] replaced)
    {
        var size = Values.Length;
        var map = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            if (!(Values[i] > 0) || replaced[i] == 0)
                continue;
            var vector = vectors.Column(i).ToArray();
            for (var a = 0; a < size; a++)
                TensorPrimitives.MultiplyAdd(vector, replaced[i] / Values[i] * vector[a], map.AsSpan(a * size, size), map.AsSpan(a * size, size));
        }

        var old = w.ToArray();
        for (var c = 0; c < shape.Columns; c++)
        {
            var target = w[shape.Weights(c)];
            if (!isOfColumns)
            {
                for (var j = 0; j < size; j++)
                    target[j] = TensorPrimitives.Dot<double>(map.AsSpan(j * size, size), old.AsSpan()[shape.Weights(c)]);
                continue;
            }

            target.Clear();
            for (var other = 0; other < size; other++)
                TensorPrimitives.MultiplyAdd(old.AsSpan()[shape.Weights(other)], map[c * size + other], target, target);
        }
    }
}
