using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mtl.Learning.State;

/// <summary>Managed memory whose first element lies on a cache line, so that no vector load of a sweep is split between two.</summary>
internal static class AlignedMemory
{
    private const int Alignment = 64;

    /// <summary>Zeroed floats, pinned for their lifetime.</summary>
    public static Memory<float> Allocate(int length) => Allocate<float>(length);

    /// <summary>Zeroed numbers, pinned for their lifetime.</summary>
    public static unsafe Memory<T> Allocate<T>(int length)
        where T : unmanaged
    {
        var array = GC.AllocateArray<T>(length + Alignment / sizeof(T), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        var offset = (int)((Alignment - address % Alignment) % Alignment) / sizeof(T);
        return array.AsMemory(offset, length);
    }
}
