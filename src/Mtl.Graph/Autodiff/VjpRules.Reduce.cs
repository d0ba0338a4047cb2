namespace Mtl.Graph.Autodiff;

internal static partial class VjpRules
{
    private static Dictionary<Op, VjpRule> Reduce => new()
    {
        [Op.ReduceSum] = (g, n) => [Kept(g, n), null],
        [Op.ReduceMean] = (g, n) => [Kept(g, n) / n.Inputs[0].CountOver(Axes(n))],
        [Op.ReduceMax] = (g, n) => [Kept(g, n) * Shared(n.Inputs[0].Equal(Kept(n, n)).Cast(g.ElementType), Axes(n))],
        [Op.ReduceLogSumExp] = (g, n) => [Kept(g, n) * (n.Inputs[0] - Kept(n, n)).Exp()],
        [Op.Softmax] = (g, n) => [(g - Total(g * n, n)) * n],
        [Op.LogSoftmax] = (g, n) => [g - n.Exp() * Total(g, n)],
        [Op.ArgMax] = None,
    };

    private static int[] Axes(Node n) => ReduceOperators.Resolve(
        n.Inputs[0], Array.ConvertAll(n.Op == Op.ReduceSum ? n.Inputs[1].Value!.Span<long>().ToArray() : n.Attributes.Ints("axes"), a => (int)a));

    /// <summary>x, of the shape of the reduction n, with the reduced axes put back as dimensions of 1.</summary>
    private static Node Kept(Node x, Node n)
    {
        if (n.Attributes.Flag("keepdims")) return x;
        var axes = Axes(n);
        return x.Shape.Rank == 0 ? x : x.Unsqueeze(axes);
    }

    private static Node Total(Node x, Node n) => x.ReduceSum([(int)n.Attributes.Int("axis")], keep: true);

    /// <summary>A mask whose ones are divided among those along the axes, so that equal maxima share the gradient.</summary>
    private static Node Shared(Node mask, int[] axes) => mask / mask.ReduceSum(axes, keep: true);
}
