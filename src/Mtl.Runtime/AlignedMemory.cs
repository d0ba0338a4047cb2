using System.Runtime.InteropServices;

namespace Mtl.Runtime;

/// <summary>
/// Zeroed native memory that starts on a 64-byte boundary. Counted: a <see cref="Binding"/> keeps it until the binding is disposed, so that
/// disposing a buffer never takes memory away from under ONNX Runtime.
/// </summary>
internal sealed unsafe class AlignedMemory : SafeHandle
{
    /// <summary>One cache line, and one 512-bit vector.</summary>
    public const int Alignment = 64;

    public AlignedMemory(long byteCount)
        : base(0, ownsHandle: true)
    {
        ByteCount = (nuint)byteCount;
        var allocated = Math.Max(ByteCount, Alignment);
        var pointer = NativeMemory.AlignedAlloc(allocated, Alignment);
        NativeMemory.Clear(pointer, allocated);
        SetHandle((nint)pointer);
        GC.AddMemoryPressure((long)allocated);
    }

    public nuint ByteCount { get; }

    public override bool IsInvalid => handle == 0;

    /// <summary>Whether the memory was given back, which happens when the buffer and all bindings have let go of it.</summary>
    public bool IsReleased { get; private set; }

    /// <summary>The first byte.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return handle;
        }
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        GC.RemoveMemoryPressure((long)Math.Max(ByteCount, Alignment));
        return IsReleased = true;
    }
}
