using System.Collections;
using System.Runtime.CompilerServices;

namespace Mtl.Graph;

/// <summary>The dimensions of a tensor, equal by value: <c>Shape x = ["batch", 64]</c>; <c>[]</c> is a scalar.</summary>
[CollectionBuilder(typeof(Shape), nameof(Of))]
public sealed class Shape : IReadOnlyList<Dimension>, IEquatable<Shape>
{
    private readonly Dimension[] dimensions;

    private Shape(Dimension[] dimensions) => this.dimensions = dimensions;

    public static Shape Scalar { get; } = new([]);

    public int Rank => dimensions.Length;

    int IReadOnlyCollection<Dimension>.Count => Rank;

    public Dimension this[int axis] => dimensions[axis];

    public Dimension this[Index axis] => dimensions[axis];

    public bool IsKnown => Array.TrueForAll(dimensions, d => d.IsKnown);

    /// <summary>The number of elements, symbolic when a dimension is.</summary>
    public Dimension Size => dimensions.Aggregate((Dimension)1, (product, d) => product * d);

    /// <summary>The known dimensions as numbers.</summary>
    /// <exception cref="GraphException">A dimension is symbolic.</exception>
    public long[] Values => Array.ConvertAll(dimensions, d => d.Value);

    public static Shape Of(params ReadOnlySpan<Dimension> dimensions) => dimensions.IsEmpty ? Scalar : new(dimensions.ToArray());

    public static Shape From(IEnumerable<long> dimensions) => new([.. dimensions.Select(d => (Dimension)d)]);

    public static Shape From(IEnumerable<Dimension> dimensions) => new([.. dimensions]);

    /// <summary>The dimensions from <paramref name="start"/> up to <paramref name="end"/>, which is left out.</summary>
    public Shape Slice(int start, int end) => new(dimensions[start..end]);

    /// <summary>This shape with one dimension replaced.</summary>
    public Shape With(int axis, Dimension dimension)
    {
        var copy = (Dimension[])dimensions.Clone();
        copy[axis] = dimension;
        return new(copy);
    }

    /// <summary>An axis counted from the end when negative (−1 is the last), as one counted from the start; null when outside the shape.</summary>
    public int? Axis(long axis) => (axis < 0 ? axis + Rank : axis) is var a && a >= 0 && a < Rank ? (int)a : null;

    /// <summary>The shape that both broadcast to by NumPy's rule; null when there is none.</summary>
    public static Shape? Broadcast(Shape a, Shape b)
    {
        if (a.Equals(b)) return a;
        var result = new Dimension[Math.Max(a.Rank, b.Rank)];
        for (var i = 1; i <= result.Length; i++)
        {
            Dimension x = i <= a.Rank ? a[^i] : 1, y = i <= b.Rank ? b[^i] : 1;
            if (x != y && x != 1 && y != 1) return null;
            result[^i] = x == 1 ? y : x;
        }

        return new(result);
    }

    /// <summary>Whether a tensor of this shape may stand where one of <paramref name="target"/> is wanted, by broadcasting.</summary>
    public bool BroadcastsTo(Shape target) => target.Equals(Broadcast(this, target));

    public bool Equals(Shape? other) => other is not null && dimensions.AsSpan().SequenceEqual(other.dimensions);

    public override bool Equals(object? obj) => Equals(obj as Shape);

    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (var dimension in dimensions) hash.Add(dimension);
        return hash.ToHashCode();
    }

    public IEnumerator<Dimension> GetEnumerator() => ((IEnumerable<Dimension>)dimensions).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary><c>[batch, 64]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", dimensions)}]";
}
