namespace Mtl.Runtime;

/// <summary>Shapes as row-major dimension lists.</summary>
internal static class Shapes
{
    /// <summary>Number of elements: the product of the dimensions, 1 for a scalar.</summary>
    public static long Count(ReadOnlySpan<long> shape)
    {
        var count = 1L;
        foreach (var dimension in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(dimension, nameof(shape));
            count = checked(count * dimension);
        }

        return count;
    }

    /// <summary><c>[32, 64]</c>.</summary>
    public static string Text(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}
