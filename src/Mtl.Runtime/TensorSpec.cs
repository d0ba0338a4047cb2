using System.Collections.Immutable;
using System.Globalization;

namespace Mtl.Runtime;

/// <summary>One dimension of a model's input or output: a size, or a symbol (<c>batch</c>) that every run may give another size.</summary>
/// <param name="Size">The size; null when it is free.</param>
/// <param name="Symbol">The free dimension's name; empty when it has none.</param>
public readonly record struct Dimension(long? Size, string Symbol)
{
    public override string ToString() => Size is { } size ? size.ToString(CultureInfo.InvariantCulture) : Symbol.Length > 0 ? Symbol : "?";
}

/// <summary>What a model takes or gives under one name.</summary>
public sealed record TensorSpec(string Name, ElementType Type, ImmutableArray<Dimension> Shape)
{
    /// <summary>Whether the leading dimension is free, as a batch's is.</summary>
    public bool IsBatched => Shape is [{ Size: null }, ..];

    internal bool Accepts(ReadOnlySpan<long> shape)
    {
        if (shape.Length != Shape.Length)
        {
            return false;
        }

        for (var i = 0; i < shape.Length; i++)
        {
            if (Shape[i].Size is { } size && size != shape[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary><c>Float [batch, 64]</c>.</summary>
    public override string ToString() => $"{Type} [{string.Join(", ", Shape)}]";
}
