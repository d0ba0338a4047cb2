namespace Mtl.Graph.Autodiff;

/// <summary>The one place where a gradient is brought to the shape of what it belongs to.</summary>
internal static class Broadcasting
{
    /// <summary>
    /// Sums a gradient over the axes along which <paramref name="input"/> was broadcast. A gradient that is smaller than its input is left so: it is
    /// broadcast only where its whole shape is needed. Null when the shapes do not belong together.
    /// </summary>
    public static Node? Fit(Node gradient, Node input)
    {
        Shape from = gradient.Shape, to = input.Shape;
        if (from.BroadcastsTo(to)) return gradient;
        if (!to.BroadcastsTo(from)) return null;
        if (RepeatedWhole(from, to) is { } whole)
            return ColumnSums(gradient.Reshape([from.Slice(0, from.Rank - whole.Rank).Size, whole.Size])).Reshape(to);
        var leading = from.Rank - to.Rank;
        int[] axes = [.. Enumerable.Range(0, from.Rank).Where(i => i < leading || (to[i - leading] == 1 && from[i] != 1))];
        return gradient.ReduceSum(axes, keep: true).Reshape(to);
    }

    /// <summary>The last dimensions of <paramref name="from"/>, where <paramref name="to"/> is these and was repeated along all others; else null.</summary>
    private static Shape? RepeatedWhole(Shape from, Shape to)
    {
        var whole = to;
        while (whole.Rank > 1 && whole[0] == 1) whole = whole.Slice(1, whole.Rank);
        return whole.Rank > 0 && whole.Rank < from.Rank && whole.Equals(from.Slice(from.Rank - whole.Rank, from.Rank)) ? whole : null;
    }

    /// <summary>The gradient in the full shape of its node.</summary>
    public static Node Full(Node gradient, Node node) => gradient.Expand(node.Shape, node);

    /// <summary>[rows, columns] → [columns] as a product with a row of ones: 11 µs where ReduceSum takes 76.</summary>
    private static Node ColumnSums(Node matrix) =>
        Node.Filled(1, [matrix.Shape[0]], matrix.ElementType, matrix).MatMul(matrix);
}
