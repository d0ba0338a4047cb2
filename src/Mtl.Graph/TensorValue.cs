using System.Globalization;
using System.Runtime.InteropServices;

namespace Mtl.Graph;

/// <summary>A tensor known when the graph is built: a constant, or the value of a parameter in an export. Equal by content.</summary>
public sealed class TensorValue : IEquatable<TensorValue>
{
    private readonly Array data;

    private TensorValue(ElementType type, Shape shape, Array data)
    {
        if (shape.Size.Value != data.Length)
            throw new GraphException($"A tensor of shape {shape} has {shape.Size} elements, but {data.Length} were given.");
        (ElementType, Shape, this.data) = (type, shape, data);
    }

    public ElementType ElementType { get; }

    public Shape Shape { get; }

    /// <summary>The number of elements.</summary>
    public int Count => data.Length;

    public static TensorValue Of(Shape shape, params float[] data) => new(ElementType.Float, shape, data);

    public static TensorValue Of(Shape shape, params double[] data) => new(ElementType.Double, shape, data);

    public static TensorValue Of(Shape shape, params long[] data) => new(ElementType.Int64, shape, data);

    public static TensorValue Of(Shape shape, params int[] data) => new(ElementType.Int32, shape, data);

    public static TensorValue Of(Shape shape, params bool[] data) => new(ElementType.Bool, shape, data);

    public static TensorValue Of(Shape shape, params string[] data) => new(ElementType.String, shape, data);

    /// <summary>Numbers rounded to <paramref name="type"/>, which must be numeric.</summary>
    public static TensorValue Of(ElementType type, Shape shape, params double[] data) => type switch
    {
        ElementType.Float => Of(shape, Array.ConvertAll(data, x => (float)x)),
        ElementType.Double => Of(shape, data),
        ElementType.Int64 => Of(shape, Array.ConvertAll(data, x => (long)x)),
        ElementType.Int32 => Of(shape, Array.ConvertAll(data, x => (int)x)),
        _ => throw new GraphException($"Numbers do not make a tensor of {type}; allowed are Float, Double, Int64, Int32."),
    };

    /// <summary>The elements in row-major order.</summary>
    /// <exception cref="GraphException"><typeparamref name="T"/> is not the tensor's element type.</exception>
    public ReadOnlySpan<T> Span<T>() =>
        data is T[] typed ? typed : throw new GraphException($"A tensor of {ElementType} was read as {typeof(T).Name}.");

    /// <summary>The elements as numbers; text is not allowed.</summary>
    public double[] ToDoubles() => [.. data.Cast<object>().Select(x => Convert.ToDouble(x, CultureInfo.InvariantCulture))];

    /// <summary>The elements as little-endian bytes, as ONNX's <c>raw_data</c> wants them; text is not allowed.</summary>
    public ReadOnlySpan<byte> Bytes => data switch
    {
        float[] x => MemoryMarshal.AsBytes(x.AsSpan()),
        double[] x => MemoryMarshal.AsBytes(x.AsSpan()),
        long[] x => MemoryMarshal.AsBytes(x.AsSpan()),
        int[] x => MemoryMarshal.AsBytes(x.AsSpan()),
        bool[] x => MemoryMarshal.AsBytes(x.AsSpan()),
        _ => throw new GraphException("A tensor of String has no raw bytes."),
    };

    /// <summary>The one number that every element is; null when they differ or are no numbers.</summary>
    internal double? Uniform
    {
        get
        {
            if (data.Length == 0 || ElementType is ElementType.String or ElementType.Bool) return null;
            var bytes = Bytes;
            var width = bytes.Length / data.Length;
            var same = bytes[width..].SequenceEqual(bytes[..^width]);
            return same ? Convert.ToDouble(data.GetValue(0), CultureInfo.InvariantCulture) : null;
        }
    }

    public bool Equals(TensorValue? other) =>
        other is not null && ElementType == other.ElementType && Shape.Equals(other.Shape)
        && (data is string[] texts ? texts.AsSpan().SequenceEqual((string[])other.data) : Bytes.SequenceEqual(other.Bytes));

    public override bool Equals(object? obj) => Equals(obj as TensorValue);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(ElementType);
        hash.Add(Shape);
        if (data is string[] texts)
            foreach (var text in texts) hash.Add(text, StringComparer.Ordinal);
        else
            hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    public override string ToString() => $"{ElementType} {Shape}";
}
