using System.Runtime.Intrinsics;

namespace Mtl.Learning.Vectors;

/// <summary>A formula over the elements of flat buffers.</summary>
internal interface IKernel
{
    /// <summary>Applies the formula to the elements from <paramref name="from"/> up to <paramref name="to"/>, whose distance is a multiple of the lane count.</summary>
    void Run<TLanes>(int from, int to)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>Runs a kernel once over all elements: in the machine's widest registers, the tail one by one.</summary>
internal static class Sweep
{
    public static void Over<TKernel>(int count, TKernel kernel)
        where TKernel : struct, IKernel, allows ref struct
    {
        var wide = 0;
        if (Vector512.IsHardwareAccelerated)
            kernel.Run<Lanes16>(0, wide = count - count % Lanes16.Count);
        else if (Vector256.IsHardwareAccelerated)
            kernel.Run<Lanes8>(0, wide = count - count % Lanes8.Count);
        kernel.Run<Lanes1>(wide, count);
    }
}
