namespace Mtl.Graph.Operators;

internal static partial class Definitions
{
    private static Dictionary<Op, Definition> Reduce => new()
    {
        [Op.ReduceSum] = new([T(Numeric), Other("I", Index)], c => One(c.Type, Reduced(c, c.Known(1, "axes")))),
        [Op.ReduceMean] = new([T(Floating)], c => One(c.Type, Reduced(c, c.Attributes.Ints("axes")))),
        [Op.ReduceMax] = new([T(Numeric)], c => One(c.Type, Reduced(c, c.Attributes.Ints("axes")))),
        [Op.ReduceLogSumExp] = new([T(Floating)], c => One(c.Type, Reduced(c, c.Attributes.Ints("axes")))),
        [Op.ArgMax] = new([T(Numeric)], c => One(ElementType.Int64, Reduced(c, [c.Attributes.Int("axis")]))),
        [Op.Softmax] = new([T(Floating)], c => One(c.Type, c[0].With(c.Axis(), c[0][c.Axis()]))),
        [Op.LogSoftmax] = new([T(Floating)], c => One(c.Type, c[0].With(c.Axis(), c[0][c.Axis()]))),
    };

    private static Shape Reduced(Call c, long[] axes)
    {
        var shape = c[0];
        var reduced = axes.Select(a => c.Axis(a, shape.Rank)).ToHashSet();
        if (reduced.Count != axes.Length) return c.Fail<Shape>("an axis is named twice");
        var keep = c.Attributes.Flag("keepdims");
        return Shape.From(Enumerable.Range(0, shape.Rank).Where(a => keep || !reduced.Contains(a)).Select(a => reduced.Contains(a) ? 1 : shape[a]));
    }
}
