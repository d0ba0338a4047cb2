using System.Collections.Immutable;
using Mtl.Graph;

namespace Mtl.Runtime;

/// <summary>A tensor that lies in a buffer: which piece of which memory, of what type and shape. Made by the buffers' <c>View</c>.</summary>
public sealed record TensorView
{
    internal TensorView(AlignedMemory memory, long byteOffset, ElementType type, ImmutableArray<long> shape) =>
        (Memory, ByteOffset, Type, Shape) = (memory, byteOffset, type, shape);

    public ElementType Type { get; }

    /// <summary>Dimensions, row-major; empty for a scalar.</summary>
    public ImmutableArray<long> Shape { get; private init; }

    internal AlignedMemory Memory { get; }

    internal long ByteOffset { get; }

    internal long ByteCount => Shapes.Count(Shape.AsSpan()) * ElementTypes.Size(Type);

    /// <summary>The first <paramref name="rows"/> rows: the same memory with a smaller leading dimension.</summary>
    public TensorView Rows(long rows) => this with { Shape = Shape.SetItem(0, rows) };

    internal bool Overlaps(TensorView other) =>
        Memory == other.Memory && ByteOffset < other.ByteOffset + other.ByteCount && other.ByteOffset < ByteOffset + ByteCount;

    public override string ToString() => $"{Type} {Shapes.Text(Shape.AsSpan())}";
}
