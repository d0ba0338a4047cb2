using Mtl.Learning.Vectors;

namespace Mtl.Learning.Weightings;

/// <summary>The tasks' gradients as rows of flat memory, [tasks, length], a row beginning every <paramref name="stride"/> elements (padding between them is never read).</summary>
public readonly ref struct GradientMatrix(ReadOnlySpan<float> values, int tasks, int length, int stride)
{
    private readonly ReadOnlySpan<float> values = values.Length >= (tasks - 1) * (long)stride + length && stride >= length
        ? values
        : throw new ArgumentException($"{values.Length} floats can't hold {tasks} rows of {length} at a distance of {stride}.");

    public int Tasks => tasks;

    public int Length => length;

    /// <summary>Elements from one row's begin to the next one's.</summary>
    internal int Stride => stride;

    internal ReadOnlySpan<float> Values => values;

    public ReadOnlySpan<float> Row(int task) => values.Slice(task * stride, length);

    /// <summary>G = J·Jᵀ, [tasks·tasks]: all inner products of the gradients.</summary>
    internal void Gram(Span<double> gram) => Vectors.Gram.Of(values, tasks, length, stride, gram);

    /// <summary>combined = Σ coefficientₜ · rowₜ in one pass; rows with coefficient 0 are not read.</summary>
    internal void Combine(ReadOnlySpan<float> coefficients, Span<float> combined) => LinearCombination.Of(values, coefficients, stride, combined);
}
