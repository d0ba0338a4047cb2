using Mtl.Graph.Operators;

namespace Mtl.Graph;

/// <summary>
/// Operators that fold axes. No axes means all of them; negative axes count from the end; <c>keep</c> leaves a reduced axis behind as a dimension of 1.
/// </summary>
public static class ReduceOperators
{
    public static Node ReduceSum(this Node x, int[]? axes = null, bool keep = false) =>
        Resolve(x, axes) is { Length: > 0 } all
            ? Node.Apply(Op.ReduceSum, Attributes.Of(("keepdims", keep)), x, Node.Constant(Array.ConvertAll(all, a => (long)a)))
            : x;

    public static Node ReduceMean(this Node x, int[]? axes = null, bool keep = false) => Fold(Op.ReduceMean, x, axes, keep);

    public static Node ReduceMax(this Node x, int[]? axes = null, bool keep = false) => Fold(Op.ReduceMax, x, axes, keep);

    /// <summary>log Σ eˣ, without overflow.</summary>
    public static Node ReduceLogSumExp(this Node x, int[]? axes = null, bool keep = false) => Fold(Op.ReduceLogSumExp, x, axes, keep);

    /// <summary>Σ x² over all elements.</summary>
    public static Node SumOfSquares(this Node x) => x.Square().ReduceSum();

    /// <summary>eˣ / Σ eˣ along one axis.</summary>
    public static Node Softmax(this Node x, int axis = -1) => Node.Apply(Op.Softmax, Attributes.Of(("axis", axis)), x);

    /// <summary>x − log Σ eˣ along one axis.</summary>
    public static Node LogSoftmax(this Node x, int axis = -1) => Node.Apply(Op.LogSoftmax, Attributes.Of(("axis", axis)), x);

    /// <summary>Where the largest element along an axis is, as Int64; the first of several.</summary>
    public static Node ArgMax(this Node x, int axis = -1, bool keep = false) =>
        Node.Apply(Op.ArgMax, Attributes.Of(("axis", axis), ("keepdims", keep)), x);

    /// <summary>How many elements of x fold into one over these axes, as a scalar of x's element type.</summary>
    internal static Node CountOver(this Node x, int[] axes)
    {
        Shape folded = Shape.From(axes.Select(a => x.Shape[a]));
        if (folded.IsKnown) return x.Like(folded.Size.Value);
        var known = Shape.From(folded.Where(d => d.IsKnown)).Size.Value;
        var symbolic = folded.Where(d => !d.IsKnown).Select(d => RuntimeShape.Of([d], x)).Aggregate((a, b) => a * b);
        return symbolic.Cast(x.ElementType).Reshape(Shape.Scalar) * known;
    }

    /// <summary>The axes counted from the start, in order.</summary>
    internal static int[] Resolve(Node x, int[]? axes) =>
        axes is null ? [.. Enumerable.Range(0, x.Shape.Rank)] : [.. axes.Select(a => x.Shape.Axis(a) ?? a).Order()];

    private static Node Fold(Op op, Node x, int[]? axes, bool keep) =>
        Node.Apply(op, Attributes.Of(("axes", Resolve(x, axes)), ("keepdims", keep)), x);
}
