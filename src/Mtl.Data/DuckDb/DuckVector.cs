using System.Runtime.CompilerServices;

namespace Mtl.Data.DuckDb;

/// <summary>One column of a chunk, read in place.</summary>
internal readonly unsafe ref struct DuckVector(void* data, ulong* validity, int count)
{
    /// <summary>The longest text that lies within its 16-byte entry: length (4 bytes) and text. Longer ones are length, prefix (4 bytes) and pointer.</summary>
    private const int InlineLength = 12;

    internal int Count => count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsNull(int row) => validity != null && (validity[row >> 6] & (1UL << (row & 63))) == 0;

    /// <summary>A DOUBLE that is not null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double Double(int row) => ((double*)data)[row];

    /// <summary>A VARCHAR that is not null, as UTF-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<byte> Utf8(int row)
    {
        var entry = (byte*)data + (16 * (long)row);
        var length = *(int*)entry;
        return new ReadOnlySpan<byte>(length <= InlineLength ? entry + 4 : *(byte**)(entry + 8), length);
    }
}
