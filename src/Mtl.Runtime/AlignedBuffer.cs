using System.Runtime.CompilerServices;

namespace Mtl.Runtime;

/// <summary>
/// Native memory for <paramref name="length"/> elements, zeroed, starting on a 64-byte boundary. ONNX Runtime reads and writes it in place.
/// Not for use by several threads while one of them writes. Freed when disposed (or collected), but never while a <see cref="Binding"/> uses it.
/// </summary>
/// <param name="length">Number of elements, at least 0.</param>
public sealed unsafe class AlignedBuffer<T>(int length) : IDisposable
    where T : unmanaged
{
    private readonly AlignedMemory memory = new((long)Natural(length) * sizeof(T));

    /// <summary>Number of elements.</summary>
    public int Length { get; } = length;

    /// <summary>All elements. Valid while the buffer lives.</summary>
    public Span<T> Span => new((void*)memory.Address, Length);

    /// <summary>The first elements, seen as a tensor of <paramref name="shape"/> (<c>[rows, columns]</c>, row-major; empty for a scalar).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tensor would reach beyond the end.</exception>
    public TensorView View(params ReadOnlySpan<long> shape) => ViewAt(0, shape);

    /// <summary>The elements from <paramref name="offset"/> on, seen as a tensor of <paramref name="shape"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tensor would reach beyond the end, or would not start on a 64-byte boundary.</exception>
    public TensorView ViewAt(int offset, params ReadOnlySpan<long> shape)
    {
        var count = Shapes.Count(shape);
        if (offset < 0 || offset + count > Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(shape),
                $"A tensor of shape {Shapes.Text(shape)} at element {offset} needs {offset + count} elements; the buffer has {Length}.");
        }

        if ((long)offset * sizeof(T) % AlignedMemory.Alignment != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(offset),
                $"Element {offset} of {sizeof(T)} bytes does not start on a {AlignedMemory.Alignment}-byte boundary; take offsets from a TensorLayout.");
        }

        return new TensorView(memory, (long)offset * sizeof(T), ElementTypes.Of<T>(), [.. shape]);
    }

    public void Dispose() => memory.Dispose();

    private static int Natural(int length, [CallerArgumentExpression(nameof(length))] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length, name);
        return length;
    }
}
