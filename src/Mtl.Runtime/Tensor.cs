using System.Collections.Immutable;
using Mtl.Graph;

namespace Mtl.Runtime;

/// <summary>A tensor in managed memory, for runs whose sizes are not known beforehand: preprocessing, evaluation, serving.</summary>
public abstract class Tensor
{
    private protected Tensor(ElementType type, ImmutableArray<long> shape) => (Type, Shape) = (type, shape);

    public ElementType Type { get; }

    /// <summary>Dimensions, row-major; empty for a scalar.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>A tensor over <paramref name="values"/>, which are not copied. Missing strings are <c>""</c>, missing floats NaN.</summary>
    /// <exception cref="ArgumentException">The shape does not hold as many elements as there are values.</exception>
    public static Tensor<T> Of<T>(T[] values, params ReadOnlySpan<long> shape) => new(values, [.. shape]);

    /// <summary>One raw column: shape <c>[rows, 1]</c>.</summary>
    public static Tensor<T> Column<T>(T[] values) => new(values, [values.Length, 1]);

    /// <summary>The values, when they are of type <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">They are of another type; the message says which.</exception>
    public T[] Values<T>() => this is Tensor<T> typed
        ? typed.Items
        : throw new InvalidOperationException($"The tensor holds {Type} values, not {ElementTypes.Of<T>()}.");

    public override string ToString() => $"{Type} {Shapes.Text(Shape.AsSpan())}";
}

/// <inheritdoc cref="Tensor"/>
public sealed class Tensor<T> : Tensor
{
    internal Tensor(T[] items, ImmutableArray<long> shape)
        : base(ElementTypes.Of<T>(), shape)
    {
        Items = items;
        if (Shapes.Count(shape.AsSpan()) != items.Length)
        {
            throw new ArgumentException($"A tensor of shape {Shapes.Text(shape.AsSpan())} does not hold {items.Length} values.", nameof(items));
        }
    }

    /// <summary>The values, row-major.</summary>
    public T[] Items { get; }
}
