namespace Mtl.Graph.Autodiff;

internal static partial class VjpRules
{
    private static Dictionary<Op, VjpRule> Matrix => new()
    {
        [Op.MatMul] = (g, n) => (n.Inputs[0], n.Inputs[1]) switch
        {
            var (a, b) when a.Shape.Rank == 1 && b.Shape.Rank == 1 => [g * b, g * a],
            var (a, b) when a.Shape.Rank == 1 => [b.MatMul(g), Outer(a, g)],
            var (a, b) when b.Shape.Rank == 1 => [Outer(g, b), g.MatMul(a)],
            var (a, b) when a.Shape.Rank == 2 && b.Shape.Rank == 2 => [g.Gemm(b, transB: true), a.Gemm(g, transA: true)],
            var (a, b) => [g.MatMul(b.TransposeLast()), a.TransposeLast().MatMul(g)],
        },
        [Op.Gemm] = Gemm,
        [Op.Transpose] = (g, n) => [g.Shape.Rank == 0 ? g : g.Transpose(Inverse(n.Attributes.Ints("perm")))],
    };

    private static IReadOnlyList<Node?> Gemm(Node g, Node n)
    {
        var (a, b) = (n.Inputs[0], n.Inputs[1]);
        var alpha = n.Attributes.Float("alpha");
        bool transA = n.Attributes.Flag("transA"), transB = n.Attributes.Flag("transB");
        var forA = transA ? b.Gemm(g, transA: transB, transB: true, alpha: alpha) : g.Gemm(b, transB: !transB, alpha: alpha);
        var forB = transB ? g.Gemm(a, transA: true, transB: transA, alpha: alpha) : a.Gemm(g, transA: !transA, alpha: alpha);
        return n.Inputs.Count == 2 ? [forA, forB] : [forA, forB, g * n.Attributes.Float("beta")];
    }

    /// <summary>
    /// With x̂ = (x − mean)·s and h = g·scale over N normalised elements: ∂x = s·(h − mean(h) − x̂·mean(h·x̂)), ∂scale = Σ g·x̂, ∂bias = Σ g. What flows
    /// back through the statistics themselves (in gradients of gradients) adds (g_mean − g_s·s²·x̂)/N.
    /// </summary>
    private static IReadOnlyList<Node?> LayerNormalizationRule(IReadOnlyList<Node?> g, Node n)
    {
        var (x, scale) = (n.Inputs[0], n.Inputs[1]);
        var (mean, s) = (n.Outputs[1], n.Outputs[2]);
        var first = x.Shape.Axis(n.Attributes.Int("axis"))!.Value;
        int[] axes = [.. Enumerable.Range(first, x.Shape.Rank - first)];
        var normalized = (x - mean) * s;
        var count = x.CountOver(axes);
        var parts = new List<Node>();
        var forScale = g[0]?.Mul(normalized);
        if (g[0] is { } upstream)
            parts.Add((upstream * scale - ScaledMean(upstream, scale, axes, count) - normalized * ScaledMean(forScale!, scale, axes, count)) * s);

        if (g[1] is { } throughMean) parts.Add((throughMean / count).Expand(x.Shape, x));
        if (g[2] is { } throughDeviation) parts.Add(-(throughDeviation * s * s / count * normalized));
        return [parts.Sum(), forScale, g[0]];
    }

    /// <summary>mean(x·scale) over the axes: along the last one as a product with the column scale/N, which spares a pass and a slow reduction.</summary>
    private static Node ScaledMean(Node x, Node scale, int[] axes, Node count) => axes is [var only] && only == x.Shape.Rank - 1 && scale.Shape.Equals([x.Shape[^1]])
        ? x.MatMul((scale / count).Reshape([x.Shape[^1], 1]))
        : (x * scale).ReduceMean(axes, keep: true);

    private static Node Outer(Node column, Node row) => column.Unsqueeze(1) * row.Unsqueeze(0);

    private static int[] Inverse(long[] order) => [.. Enumerable.Range(0, order.Length).OrderBy(i => order[i])];
}
