namespace Mtl.Graph;

/// <summary>Matrix products, transposition and layer normalisation.</summary>
public static class MatrixOperators
{
    /// <summary>
    /// The matrix product [m, k] × [k, n] → [m, n]; leading dimensions broadcast ([b, m, k] × [b, k, n] → [b, m, n]); a vector counts as a row on
    /// the left and as a column on the right. Many rows times one matrix ([b, m, k] × [k, n]) become one product [b·m, k] × [k, n], whose gradient
    /// with respect to the matrix is one product too.
    /// </summary>
    public static Node MatMul(this Node a, Node b) => a.Shape.Rank > 2 && b.Shape.Rank == 2 && a.Shape[^1] == b.Shape[0]
        ? a.Reshape([a.Shape.Slice(0, a.Shape.Rank - 1).Size, a.Shape[^1]]).MatMul(b).Reshape([.. a.Shape.Slice(0, a.Shape.Rank - 1), b.Shape[1]])
        : Node.Apply(Op.MatMul, Attributes.None, a, b);

    /// <summary>
    /// alpha·A·B + beta·C, with A and B transposed on request: [m, k] × [k, n] + C → [m, n], where C broadcasts. A factor that is itself a transposed
    /// matrix is taken as it was, with the flag turned.
    /// </summary>
    public static Node Gemm(this Node a, Node b, Node? c = null, bool transA = false, bool transB = false, double alpha = 1, double beta = 1)
    {
        (a, transA) = Untransposed(a, transA);
        (b, transB) = Untransposed(b, transB);
        var attributes = Attributes.Of(("alpha", alpha), ("beta", beta), ("transA", transA), ("transB", transB));
        return c is null ? Node.Apply(Op.Gemm, attributes, a, b) : Node.Apply(Op.Gemm, attributes, a, b, c);
    }

    /// <summary>A dense layer x·W + b: [batch, in] × [in, out] + [out] → [batch, out]; further leading dimensions of x are kept.</summary>
    public static Node Dense(this Node x, Node weight, Node? bias = null)
    {
        if (x.Shape.Rank <= 2) return x.Gemm(weight, bias);
        var leading = x.Shape.Slice(0, x.Shape.Rank - 1);
        return x.Reshape([leading.Size, x.Shape[^1]]).Gemm(weight, bias).Reshape([.. leading, weight.Shape[^1]]);
    }

    /// <summary>The axes in a new order: <c>x.Transpose(0, 2, 1)</c>; without an order, reversed.</summary>
    public static Node Transpose(this Node x, params int[] order)
    {
        if (order.Length == 0) order = [.. Enumerable.Range(0, x.Shape.Rank).Reverse()];
        if (x.Op == Op.Transpose && order.Length == x.Shape.Rank && order.All(a => a >= 0 && a < order.Length))
        {
            var inner = x.Attributes.Ints("perm");
            return x.Inputs[0].Transpose([.. order.Select(a => (int)inner[a])]);
        }

        return order.SequenceEqual(Enumerable.Range(0, x.Shape.Rank)) ? x : Node.Apply(Op.Transpose, Attributes.Of(("perm", order)), x);
    }

    /// <summary>The last two axes exchanged.</summary>
    public static Node TransposeLast(this Node x)
    {
        var order = Enumerable.Range(0, x.Shape.Rank).ToArray();
        (order[^1], order[^2]) = (order[^2], order[^1]);
        return x.Transpose(order);
    }

    /// <summary>
    /// (x − mean) / √(variance + epsilon) · scale + bias over the axes from <paramref name="axis"/> on (Ba et al. 2016); scale and bias have the
    /// shape of those axes. In Double it is composed, because ONNX gives the statistics that the gradient needs in Float.
    /// </summary>
    public static Node LayerNormalization(this Node x, Node scale, Node bias, int axis = -1, double epsilon = 1e-5)
    {
        if (x.ElementType != ElementType.Double)
            return Node.ApplyMany(Op.LayerNormalization, Attributes.Of(("axis", axis), ("epsilon", epsilon)), x, scale, bias)[0];
        int first = axis < 0 ? axis + x.Shape.Rank : axis;
        int[] axes = [.. Enumerable.Range(first, x.Shape.Rank - first)];
        var centred = x - x.ReduceMean(axes, keep: true);
        return centred / (centred.Square().ReduceMean(axes, keep: true) + epsilon).Sqrt() * scale + bias;
    }

    private static (Node, bool) Untransposed(Node x, bool transposed) =>
        x.Op == Op.Transpose && x.Shape.Rank == 2 ? (x.Inputs[0], !transposed) : (x, transposed);
}
