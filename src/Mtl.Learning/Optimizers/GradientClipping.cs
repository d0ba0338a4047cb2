using System.Runtime.InteropServices;
using Mtl.Learning.Vectors;

namespace Mtl.Learning.Optimizers;

/// <summary>
/// Clipping by global norm, g ← g · min(1, c/(‖g‖ + 1e-6)), as PyTorch computes it, and by value, gᵢ ← min(c, max(−c, gᵢ)).
/// Source: Pascanu et al., "On the difficulty of training recurrent neural networks", 2013.
/// </summary>
public static class GradientClipping
{
    /// <summary>Scales the gradients down in place where their norm exceeds the bound; gradients that are not finite stay as they are.</summary>
    /// <param name="gradients">All gradients of a step.</param>
    /// <param name="maximumNorm">The bound, above 0.</param>
    /// <returns>The norm before clipping.</returns>
    public static double ClipByGlobalNorm(Span<float> gradients, double maximumNorm)
    {
        var norm = Math.Sqrt(Gram.Dot(gradients, gradients));
        var scale = maximumNorm / (norm + 1e-6);
        if (scale < 1 && double.IsFinite(norm))
            Sweep.Over(gradients.Length, new ScaleKernel(gradients, (float)scale));
        return norm;
    }

    /// <summary>Cuts every gradient off at ±<paramref name="largest"/>, in place; what is no number stays so.</summary>
    /// <param name="gradients">All gradients of a step.</param>
    /// <param name="largest">The bound, above 0.</param>
    public static void ClipByValue(Span<float> gradients, double largest) => Sweep.Over(gradients.Length, new CutKernel(gradients, (float)largest));

    private readonly ref struct CutKernel(Span<float> values, float largest) : IKernel
    {
        private readonly ref float values = ref MemoryMarshal.GetReference(values);

        public void Run<TLanes>(int from, int to)
            where TLanes : struct, ILanes<TLanes>
        {
            var (low, high) = (TLanes.All(-largest), TLanes.All(largest));
            for (var at = from; at < to; at += TLanes.Count)
                TLanes.Min(high, TLanes.Max(low, TLanes.Load(ref values, at))).Store(ref values, at);
        }
    }

    private readonly ref struct ScaleKernel(Span<float> values, float scale) : IKernel
    {
        private readonly ref float values = ref MemoryMarshal.GetReference(values);

        public void Run<TLanes>(int from, int to)
            where TLanes : struct, ILanes<TLanes>
        {
            var factor = TLanes.All(scale);
            for (var at = from; at < to; at += TLanes.Count)
                (factor * TLanes.Load(ref values, at)).Store(ref values, at);
        }
    }
}
