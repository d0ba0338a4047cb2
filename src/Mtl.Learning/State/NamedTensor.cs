using System.Runtime.InteropServices;

namespace Mtl.Learning.State;

/// <summary>A named, live view of one array of a part's state.</summary>
public sealed class NamedTensor
{
    private readonly BytesOf bytes;

    private NamedTensor(string name, string elementType, int length, BytesOf bytes) =>
        (Name, ElementType, Length, this.bytes) = (name, elementType, length, bytes);

    private delegate Span<byte> BytesOf();

    public string Name { get; }

    /// <summary><c>F32</c>, <c>F64</c> or <c>I64</c>, as checkpoints name them.</summary>
    public string ElementType { get; }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>The elements as bytes of this machine's order: read them to save, overwrite them to restore.</summary>
    public Span<byte> Bytes => bytes();

    public static NamedTensor Of(string name, Memory<float> values) => new(name, "F32", values.Length, () => MemoryMarshal.AsBytes(values.Span));

    public static NamedTensor Of(string name, Memory<double> values) => new(name, "F64", values.Length, () => MemoryMarshal.AsBytes(values.Span));

    public static NamedTensor Of(string name, Memory<long> values) => new(name, "I64", values.Length, () => MemoryMarshal.AsBytes(values.Span));

    /// <summary>The same view under <c>prefix/name</c>.</summary>
    public NamedTensor Under(string prefix) => new($"{prefix}/{Name}", ElementType, Length, bytes);
}
