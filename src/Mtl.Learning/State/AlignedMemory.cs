using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mtl.Learning.State;

/// <summary>Managed memory whose first element lies on a cache line, so that no vector load of a sweep is split between two.</summary>
internal static class AlignedMemory
{
    private const int Alignment = 64;

    /// <summary>Zeroed floats, pinned for their lifetime.</summary>
    public static unsafe Memory<float> Allocate(int length)
    {
        var array = GC.AllocateArray<float>(length + Alignment / sizeof(float), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        var offset = (int)((Alignment - address % Alignment) % Alignment) / sizeof(float);
        return array.AsMemory(offset, length);
    }
}
