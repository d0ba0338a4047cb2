using System.Runtime.InteropServices;
using Mtl.Learning.State;

namespace Mtl.Learning.Training;

/// <summary>One array of a checkpoint: its element type by the safetensors name (F32, F64, I64), its length, and its little-endian bytes.</summary>
public sealed class CheckpointTensor
{
    private readonly byte[] bytes;

    internal CheckpointTensor(string elementType, byte[] bytes) => (ElementType, this.bytes) = (elementType, bytes);

    public string ElementType { get; }

    public ReadOnlySpan<byte> Bytes => bytes;

    public int Length => bytes.Length / SizeOf(ElementType);

    /// <summary>A copy of a live tensor as it is now.</summary>
    internal static CheckpointTensor Of(NamedTensor tensor) => new(tensor.ElementType, tensor.Bytes.ToArray());

    /// <summary>Whether it can be copied back into a live tensor: same type, same length.</summary>
    internal bool Fits(NamedTensor tensor) => ElementType == tensor.ElementType && bytes.Length == tensor.Bytes.Length;

    public static CheckpointTensor Of(ReadOnlySpan<float> values) => new("F32", MemoryMarshal.AsBytes(values).ToArray());

    public static CheckpointTensor Of(ReadOnlySpan<double> values) => new("F64", MemoryMarshal.AsBytes(values).ToArray());

    public static CheckpointTensor Of(ReadOnlySpan<long> values) => new("I64", MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The values as <typeparamref name="T"/>, which must be the element type's own.</summary>
    public ReadOnlySpan<T> As<T>()
        where T : unmanaged => ElementType == NameOf<T>()
            ? MemoryMarshal.Cast<byte, T>(bytes)
            : throw new InvalidOperationException($"The tensor holds {ElementType}, not {NameOf<T>()}.");

    /// <summary>Bytes per element; 0 for a type that checkpoints don't hold.</summary>
    internal static int SizeOf(string elementType) => elementType switch { "F32" => 4, "F64" or "I64" => 8, _ => 0 };

    private static string NameOf<T>() => default(T) switch { float => "F32", double => "F64", long => "I64", _ => typeof(T).Name };
}
