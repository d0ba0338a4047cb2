using System.Runtime.InteropServices;

namespace Mtl.Learning.Vectors;

/// <summary>A weighted sum of rows, by blocks that stay in the first-level cache, so that memory is read and written once.</summary>
internal static class LinearCombination
{
    private const int Block = 2048;

    /// <summary>sum = Σ coefficientᵢ · rowᵢ; rows with coefficient 0 are not read.</summary>
    public static void Of(ReadOnlySpan<float> rows, ReadOnlySpan<float> coefficients, int stride, Span<float> sum)
    {
        for (var at = 0; at < sum.Length; at += Block)
        {
            var size = Math.Min(Block, sum.Length - at);
            sum.Slice(at, size).Clear();
            for (var i = 0; i < coefficients.Length; i++)
                if (coefficients[i] != 0)
                    Sweep.Over(size, new AddKernel(rows.Slice(i * stride + at, size), coefficients[i], sum.Slice(at, size)));
        }
    }

    private readonly ref struct AddKernel(ReadOnlySpan<float> row, float coefficient, Span<float> sum) : IKernel
    {
        private readonly ref readonly float row = ref MemoryMarshal.GetReference(row);
        private readonly ref float sum = ref MemoryMarshal.GetReference(sum);

        public void Run<TLanes>(int from, int to)
            where TLanes : struct, ILanes<TLanes>
        {
            var factor = TLanes.All(coefficient);
            for (var at = from; at < to; at += TLanes.Count)
                TLanes.MultiplyAdd(factor, TLanes.Load(in row, at), TLanes.Load(ref sum, at)).Store(ref sum, at);
        }
    }
}
