using System.Runtime.InteropServices;

namespace Mtl.Learning.Vectors;

/// <summary>a + s·b over long float vectors, one rounding per element.</summary>
internal static class ScaledSum
{
    /// <param name="a">[n].</param>
    /// <param name="scale">s.</param>
    /// <param name="b">[n].</param>
    /// <param name="sum">[n]; may be <paramref name="a"/> or <paramref name="b"/>.</param>
    public static void Of(ReadOnlySpan<float> a, float scale, ReadOnlySpan<float> b, Span<float> sum)
    {
        if (b.Length != a.Length || sum.Length != a.Length)
            throw new ArgumentException($"Vectors of {a.Length}, {b.Length} and {sum.Length} elements can't be added.");
        Sweep.Over(a.Length, new Kernel(a, scale, b, sum));
    }

    private readonly ref struct Kernel(ReadOnlySpan<float> a, float scale, ReadOnlySpan<float> b, Span<float> sum) : IKernel
    {
        private readonly ref readonly float a = ref MemoryMarshal.GetReference(a);
        private readonly ref readonly float b = ref MemoryMarshal.GetReference(b);
        private readonly ref float sum = ref MemoryMarshal.GetReference(sum);

        public void Run<TLanes>(int from, int to)
            where TLanes : struct, ILanes<TLanes>
        {
            var factor = TLanes.All(scale);
            for (var at = from; at < to; at += TLanes.Count)
                TLanes.MultiplyAdd(factor, TLanes.Load(in b, at), TLanes.Load(in a, at)).Store(ref sum, at);
        }
    }
}
