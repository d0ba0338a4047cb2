using Mtl.Graph.Operators;

namespace Mtl.Graph;

/// <summary>Operators that arrange elements anew without computing with them.</summary>
public static class ShapeOperators
{
    /// <summary>
    /// The elements in another shape, in row-major order. The shape may hold symbolic dimensions (read off x when running) and one −1, which takes what is left.
    /// </summary>
    public static Node Reshape(this Node x, Shape shape)
    {
        if (shape.Equals(x.Shape)) return x;
        if (x.Op == Op.Reshape) return x.Inputs[0].Reshape(shape.Contains(-1) ? Completed(x, shape) : shape);
        return Node.Apply(Op.Reshape, Attributes.None, x, ReshapeTarget(x, shape));
    }

    /// <summary>All axes from <paramref name="axis"/> on as one: [batch, c, h, w] → [batch, c·h·w] for 1.</summary>
    public static Node Flatten(this Node x, int axis = 1) => x.Reshape([.. x.Shape.Slice(0, axis), x.Shape.Slice(axis, x.Shape.Rank).Size]);

    /// <summary>x repeated along dimensions of 1, and along new leading ones, up to a shape.</summary>
    /// <param name="x">What to repeat.</param>
    /// <param name="shape">The shape to reach.</param>
    /// <param name="like">A node that carries the shape's symbols, where x does not.</param>
    public static Node Expand(this Node x, Shape shape, Node? like = null)
    {
        if (shape.Equals(x.Shape)) return x;
        if (Folding.Scalar(x) is { } value) return Node.Filled(value, shape, x.ElementType, like);
        return Node.Apply(Op.Expand, Attributes.None, x, RuntimeShape.Of(shape, like ?? x));
    }

    /// <summary>New dimensions of 1; axes count in the result.</summary>
    public static Node Unsqueeze(this Node x, params int[] axes) => Node.Apply(Op.Unsqueeze, Attributes.None, x, Indices(axes));

    /// <summary>Dimensions of 1 dropped.</summary>
    public static Node Squeeze(this Node x, params int[] axes) => Node.Apply(Op.Squeeze, Attributes.None, x, Indices(axes));

    /// <summary>Tensors joined along an axis; all other dimensions must be equal.</summary>
    public static Node Concat(this IReadOnlyList<Node> parts, int axis) => parts.Count == 1
        ? parts[0]
        : Node.Apply(Op.Concat, Attributes.Of(("axis", axis)), [.. parts]);

    /// <summary>A tensor cut along an axis into parts of these sizes.</summary>
    public static IReadOnlyList<Node> Split(this Node x, int axis, params long[] sizes) => sizes.Length == 1
        ? [x]
        : Node.ApplyMany(Op.Split, Attributes.Of(("axis", axis)), x, Node.Constant(sizes));

    /// <summary>A tensor cut along an axis of symbolic extent into parts whose sizes come with each run.</summary>
    /// <param name="x">What to cut.</param>
    /// <param name="axis">Its dimension is a symbol (<c>batch</c>).</param>
    /// <param name="sizes">An input, Int64 [parts], that adds up to the axis' extent.</param>
    public static IReadOnlyList<Node> Split(this Node x, int axis, Node sizes) => sizes.Shape.Equals([1])
        ? [x]
        : Node.ApplyMany(Op.Split, Attributes.Of(("axis", axis)), x, sizes);

    /// <summary>
    /// The elements from <paramref name="start"/> up to <paramref name="end"/> along an axis. Negative bounds count from the end; leave the end out for the rest.
    /// </summary>
    public static Node Slice(this Node x, int axis, long start, long end = long.MaxValue, long step = 1) =>
        Node.Apply(Op.Slice, Attributes.None, x, Node.Constant(start), Node.Constant(end), Node.Constant((long)axis), Node.Constant(step));

    /// <summary>x with <paramref name="before"/> and <paramref name="after"/> new elements along an axis.</summary>
    public static Node Pad(this Node x, int axis, Dimension before, Dimension after, double value = 0)
    {
        var at = x.Shape.Axis(axis) ?? throw new GraphException($"Pad: axis {axis} is outside a tensor of {x.Shape.Rank} dimensions.");
        var none = Shape.From(Enumerable.Repeat(0L, x.Shape.Rank));
        return x.Pad([.. none.With(at, before), .. none.With(at, after)], value);
    }

    /// <summary>The rows (or slices along another axis) that Int64 indices name: table [rows, d], indices [batch] → [batch, d].</summary>
    public static Node Gather(this Node table, Node indices, int axis = 0) => Node.Apply(Op.Gather, Attributes.Of(("axis", axis)), table, indices);

    /// <summary>out[i][j] = x[i][indices[i][j]] for axis 1; indices and result have the same shape.</summary>
    public static Node GatherElements(this Node x, Node indices, int axis) =>
        Node.Apply(Op.GatherElements, Attributes.Of(("axis", axis)), x, indices);

    /// <summary>x with updates added at the elements that indices name, as <see cref="GatherElements"/> names them.</summary>
    public static Node ScatterElementsAdd(this Node x, Node indices, Node updates, int axis) =>
        Node.Apply(Op.ScatterElements, Attributes.Of(("axis", axis), ("reduction", "add")), x, indices, updates);

    /// <summary>x with updates added at the places that the last axis of indices names.</summary>
    public static Node ScatterAdd(this Node x, Node indices, Node updates) =>
        Node.Apply(Op.ScatterND, Attributes.Of(("reduction", "add")), x, indices, updates);

    /// <summary>1 at the index, 0 elsewhere, along a new axis of <paramref name="depth"/>; an index of depth or more gives zeros.</summary>
    public static Node OneHot(this Node indices, long depth, int axis = -1, ElementType type = ElementType.Float) => Node.Apply(
        Op.OneHot, Attributes.Of(("axis", axis)), indices, Node.Constant(depth), Node.Constant(TensorValue.Of([2], 0f, 1f))).Cast(type);

    /// <summary>x repeated so many times along each axis.</summary>
    public static Node Tile(this Node x, params long[] repeats) => Node.Apply(Op.Tile, Attributes.None, x, Node.Constant(repeats));

    /// <summary>The dimensions of x as a vector of Int64.</summary>
    public static Node ShapeOf(this Node x) => Node.Apply(Op.Shape, Attributes.Of(("start", 0), ("end", x.Shape.Rank)), x);

    /// <summary>Zeros in the shape and of the element type of x.</summary>
    public static Node ZerosLike(this Node x) => Node.Filled(0, x.Shape, x.ElementType, x);

    internal static Node ConstantOfShape(this Node shape, TensorValue value) => Node.Apply(Op.ConstantOfShape, Attributes.Of(("value", value)), shape);

    internal static Node Pad(this Node x, IReadOnlyList<Dimension> pads, double value = 0) =>
        Node.Apply(Op.Pad, Attributes.Of(("mode", "constant")), x, RuntimeShape.Of(pads, x), x.Like(value));

    internal static Node Indices(int[] axes) => Node.Constant(Array.ConvertAll(axes, a => (long)a));

    private static Shape Completed(Node x, Shape shape)
    {
        var open = shape.ToList().IndexOf(-1);
        return shape.With(open, x.Shape.Size / shape.With(open, 1).Size);
    }

    /// <summary>ONNX's own means first: 0 keeps a dimension, −1 takes the rest; only a shape beyond them is read off when running.</summary>
    private static Node ReshapeTarget(Node x, Shape shape)
    {
        var target = shape;
        for (var i = 0; i < shape.Rank; i++)
        {
            if (!shape[i].IsKnown && i < x.Shape.Rank && shape[i] == x.Shape[i]) target = target.With(i, 0);
        }

        var open = Enumerable.Range(0, target.Rank).Where(i => !target[i].IsKnown).ToArray();
        if (open.Length == 1 && !shape.Contains(-1)) target = target.With(open[0], -1);
        return target.IsKnown ? Node.Constant(target.Values) : RuntimeShape.Of(shape, x);
    }
}
