using System.Runtime.InteropServices;

namespace Mtl.Learning.Vectors;

/// <summary>Inner products of long float vectors: float lanes within a block that stays in the first-level cache, blocks summed in double.</summary>
internal static class Gram
{
    /// <summary>Elements that are summed in float before double takes over.</summary>
    public const int Block = 1024;

    public static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var at = 0; at < a.Length; at += Block)
        {
            var length = Math.Min(Block, a.Length - at);
            sum += BlockDot(a.Slice(at, length), b.Slice(at, length));
        }

        return sum;
    }

    /// <summary>G = J·Jᵀ in one pass over J.</summary>
    /// <param name="rows">J: the rows, [rowCount, length] at a distance of <paramref name="stride"/>.</param>
    /// <param name="rowCount">T.</param>
    /// <param name="length">Used elements of each row.</param>
    /// <param name="stride">Elements from one row's begin to the next one's.</param>
    /// <param name="gram">[T·T], overwritten.</param>
    public static void Of(ReadOnlySpan<float> rows, int rowCount, int length, int stride, Span<double> gram)
    {
        gram.Clear();
        for (var at = 0; at < length; at += Block)
            AddBlock(rows, rowCount, at, Math.Min(Block, length - at), stride, gram);
        Mirror(rowCount, gram);
    }

    /// <summary>Adds to G's upper triangle what the elements from <paramref name="at"/> on, at most a <see cref="Block"/> of them, give to it: for passes that change the rows block by block.</summary>
    public static void AddBlock(ReadOnlySpan<float> rows, int rowCount, int at, int size, int stride, Span<double> gram)
    {
        for (var i = 0; i < rowCount; i++)
            for (var j = i; j < rowCount; j++)
                gram[i * rowCount + j] += BlockDot(rows.Slice(i * stride + at, size), rows.Slice(j * stride + at, size));
    }

    /// <summary>Copies G's upper triangle into the lower one.</summary>
    public static void Mirror(int rowCount, Span<double> gram)
    {
        for (var i = 0; i < rowCount; i++)
            for (var j = 0; j < i; j++)
                gram[i * rowCount + j] = gram[j * rowCount + i];
    }

    private static float BlockDot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0f;
        Sweep.Over(a.Length, new DotKernel(a, b, ref sum));
        return sum;
    }

    private readonly ref struct DotKernel(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ref float sum) : IKernel
    {
        private readonly ref readonly float a = ref MemoryMarshal.GetReference(a);
        private readonly ref readonly float b = ref MemoryMarshal.GetReference(b);
        private readonly ref float sum = ref sum;

        public void Run<TLanes>(int from, int to)
            where TLanes : struct, ILanes<TLanes>
        {
            var width = TLanes.Count;
            var (even, odd) = (TLanes.All(0), TLanes.All(0));
            var at = from;
            for (; at + 2 * width <= to; at += 2 * width)
            {
                even = TLanes.MultiplyAdd(TLanes.Load(in a, at), TLanes.Load(in b, at), even);
                odd = TLanes.MultiplyAdd(TLanes.Load(in a, at + width), TLanes.Load(in b, at + width), odd);
            }

            if (at < to)
                even = TLanes.MultiplyAdd(TLanes.Load(in a, at), TLanes.Load(in b, at), even);
            sum += (even + odd).Sum();
        }
    }
}
