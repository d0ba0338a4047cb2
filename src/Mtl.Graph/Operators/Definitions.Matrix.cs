namespace Mtl.Graph.Operators;

internal static partial class Definitions
{
    private static Dictionary<Op, Definition> Matrix => new()
    {
        [Op.MatMul] = new([T(Numeric), T(Numeric)], c => One(c.Type, MatMul(c))),
        [Op.Gemm] = new([T(Floating), T(Floating), T(Floating)], c => One(c.Type, Gemm(c))) { Required = 2 },
        [Op.Transpose] = new([T(Any)], c => One(c.Type, Transpose(c))),
        [Op.LayerNormalization] = new([T(Floating), T(Floating), T(Floating)], LayerNormalization),
    };

    private static Shape MatMul(Call c)
    {
        Shape a = c[0], b = c[1];
        if (a.Rank == 0 || b.Rank == 0) return c.Fail<Shape>("scalars have no matrix product; use *");
        if ((a.Rank == 1 && b.Rank > 2) || (b.Rank == 1 && a.Rank > 2)) return c.Fail<Shape>("a vector multiplies vectors and matrices only");
        Dimension inner = a[^1], other = b.Rank == 1 ? b[0] : b[^2];
        if (inner != other)
            return c.Fail<Shape>($"the inner dimensions differ: the last of {a} is {inner}, the {(b.Rank == 1 ? "only" : "second to last")} of {b} is {other}");
        var batch = Shape.Broadcast(a.Slice(0, Math.Max(0, a.Rank - 2)), b.Slice(0, Math.Max(0, b.Rank - 2)))
            ?? c.Fail<Shape>("the leading dimensions do not broadcast");
        IEnumerable<Dimension> rows = a.Rank == 1 ? [] : [a[^2]], columns = b.Rank == 1 ? [] : [b[^1]];
        return [.. batch, .. rows, .. columns];
    }

    private static Shape Gemm(Call c)
    {
        Shape a = c[0], b = c[1];
        if (a.Rank != 2 || b.Rank != 2) return c.Fail<Shape>("both factors must be matrices; use MatMul for others");
        var (rows, inner) = c.Attributes.Flag("transA") ? (a[1], a[0]) : (a[0], a[1]);
        var (other, columns) = c.Attributes.Flag("transB") ? (b[1], b[0]) : (b[0], b[1]);
        if (inner != other) return c.Fail<Shape>($"the inner dimensions differ: {inner} and {other}");
        Shape result = [rows, columns];
        return c.Inputs.Length < 3 || c[2].BroadcastsTo(result) ? result : c.Fail<Shape>($"the summand {c[2]} does not broadcast to {result}");
    }

    private static Shape Transpose(Call c)
    {
        var order = c.Attributes.Ints("perm");
        var shape = c[0];
        return order.Order().SequenceEqual(Enumerable.Range(0, shape.Rank).Select(i => (long)i))
            ? Shape.From(order.Select(axis => shape[(int)axis]))
            : c.Fail<Shape>($"perm must hold each of the axes 0 to {shape.Rank - 1} once");
    }

    private static List<TensorType> LayerNormalization(Call c)
    {
        var axis = c.Axis();
        Shape shape = c[0], normalized = shape.Slice(axis, shape.Rank);
        if (!c[1].BroadcastsTo(normalized) || !c[2].BroadcastsTo(normalized))
            return c.Fail<List<TensorType>>($"scale and bias must broadcast to the normalised dimensions {normalized}");
        Shape reduced = [.. shape.Slice(0, axis), .. Enumerable.Repeat((Dimension)1, shape.Rank - axis)];
        return [new(c.Type, shape), new(c.Type, reduced), new(c.Type, reduced)];
    }
}
