using Mtl.Graph.Operators;

namespace Mtl.Graph.Autodiff;

internal static partial class VjpRules
{
    private static Dictionary<Op, VjpRule> Shapes => new()
    {
        [Op.Reshape] = FirstOnly(Reshape),
        [Op.Squeeze] = FirstOnly(Reshape),
        [Op.Unsqueeze] = FirstOnly(Reshape),
        [Op.Expand] = FirstOnly((g, n) => g),
        [Op.Concat] = Concat,
        [Op.Slice] = FirstOnly(Slice),
        [Op.Pad] = FirstOnly(Unpad),
        [Op.Tile] = FirstOnly(Untile),
        [Op.Shape] = None,
        [Op.ConstantOfShape] = None,
    };

    private static Node Reshape(Node g, Node n) => g.Shape.Rank == 0 ? g : g.Reshape(n.Inputs[0].Shape);

    /// <summary>One Split, whatever the sizes are.</summary>
    private static IReadOnlyList<Node?> Concat(Node g, Node n)
    {
        var axis = (int)n.Attributes.Int("axis");
        var sizes = n.Inputs.Select(i => i.Shape[i.Shape.Axis(axis)!.Value]).ToArray();
        return Node.ApplyMany(Op.Split, Attributes.Of(("axis", axis)), g, RuntimeShape.Of(sizes, n));
    }

    private static IReadOnlyList<Node?> SplitRule(IReadOnlyList<Node?> g, Node n)
    {
        var parts = g.Select((part, i) => part ?? n.Outputs[i].ZerosLike()).ToArray();
        return [parts.Concat((int)n.Attributes.Int("axis")), null];
    }

    private static Node Slice(Node g, Node n)
    {
        var x = n.Inputs[0];
        var steps = n.Inputs[4].Value!.Span<long>();
        if (steps.ContainsAnyExcept(1)) throw new GraphException($"Slice: there is no gradient for steps other than 1 (got {n.Inputs[4].Contents}).");
        var axes = n.Inputs[3].Value!.Span<long>();
        Shape starts = n.Inputs[1].Contents!;
        var pads = new Dimension[2 * x.Shape.Rank];
        for (var i = 0; i < axes.Length; i++)
        {
            var axis = x.Shape.Axis(axes[i])!.Value;
            var start = starts[i] is { IsKnown: true, Value: < 0 } fromEnd ? x.Shape[axis] + fromEnd : starts[i];
            pads[axis] = start;
            pads[axis + x.Shape.Rank] = x.Shape[axis] - start - n.Shape[axis];
        }

        return g.Pad(pads, 0);
    }

    private static Node Unpad(Node g, Node n)
    {
        var pads = n.Inputs[1].Contents!;
        var (starts, ends) = (pads.Slice(0, n.Shape.Rank), n.Inputs[0].Shape.Zip(pads, (d, before) => d + before).ToArray());
        var axes = ShapeOperators.Indices([.. Enumerable.Range(0, n.Shape.Rank)]);
        return Node.Apply(Op.Slice, Attributes.None, g, RuntimeShape.Of(starts, n), RuntimeShape.Of(SliceEnds(ends, pads), n), axes, Ones(n.Shape.Rank));
    }

    /// <summary>Ends of symbolic dimensions counted from the end, so that the result has the shape that went in.</summary>
    private static Dimension[] SliceEnds(Dimension[] ends, Shape pads) => [.. ends.Select((end, i) => (end.IsKnown, pads[ends.Length + i]) switch
    {
        (true, _) => end,
        (_, { IsKnown: true, Value: 0 }) => long.MaxValue,
        var (_, after) => 0 - after,
    })];

    private static Node Untile(Node g, Node n)
    {
        var (x, repeats) = (n.Inputs[0].Shape, n.Inputs[1].Contents!);
        return g.Reshape(Shape.From(x.SelectMany((d, i) => new[] { repeats[i], d })))
            .ReduceSum([.. Enumerable.Range(0, x.Rank).Select(i => 2 * i)]);
    }

    private static Node Ones(int count) => Node.Constant([.. Enumerable.Repeat(1L, count)]);
}
