using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mtl.Learning.State;
using Mtl.Learning.Unsupervised;

namespace Mtl.Learning.Probabilistic;

/// <summary>What a sweep keeps of one block: aligned, pinned, used again for block after block.</summary>
internal sealed unsafe class MixtureScratch
{
    private readonly Memory<double> memory;
    private readonly int components;
    private readonly int stride;

    public MixtureScratch(int components, int columns)
    {
        (this.components, stride) = (components, (columns + 3) / 4 * 4);
        memory = AlignedMemory.Allocate<double>((components + 1 + (2 * stride)) * PointBlocks.Rows);
    }

    /// <summary>log(π_k N(x | k)), then responsibilities: [components, rows].</summary>
    public double* Responsibilities => Start;

    /// <summary>log p(x), [rows].</summary>
    public double* LogDensity => Start + (components * PointBlocks.Rows);

    /// <summary>x − μ_k or whitened x, [columns, rows], with zero columns up to a multiple of four.</summary>
    public double* Differences => Start + ((components + 1) * PointBlocks.Rows);

    /// <summary>r·(x − μ_k), in the same shape.</summary>
    public double* Weighted => Differences + (stride * PointBlocks.Rows);

    private double* Start => (double*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(memory.Span));
}
