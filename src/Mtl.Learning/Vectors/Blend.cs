using System.Runtime.InteropServices;

namespace Mtl.Learning.Vectors;

/// <summary>target ← keep · target + share · source: a running mean's step.</summary>
internal static class Blend
{
    public static void Into(Span<float> target, float keep, ReadOnlySpan<float> source, float share) =>
        Sweep.Over(target.Length, new Kernel(target, keep, source[..target.Length], share));

    private readonly ref struct Kernel(Span<float> target, float keep, ReadOnlySpan<float> source, float share) : IKernel
    {
        private readonly ref float target = ref MemoryMarshal.GetReference(target);
        private readonly ref readonly float source = ref MemoryMarshal.GetReference(source);

        public void Run<TLanes>(int from, int to)
            where TLanes : struct, ILanes<TLanes>
        {
            var (kept, added) = (TLanes.All(keep), TLanes.All(share));
            for (var at = from; at < to; at += TLanes.Count)
            {
                var value = TLanes.MultiplyAdd(kept, TLanes.Load(ref target, at), added * TLanes.Load(in source, at));
                TLanes.FlushSubnormals(value).Store(ref target, at);
            }
        }
    }
}
