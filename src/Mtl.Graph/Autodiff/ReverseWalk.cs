namespace Mtl.Graph.Autodiff;

/// <summary>
/// One walk from outputs back to what is differentiated for: asks the rule of each operator on the way, checks what it gives, sums it over broadcast axes,
/// and adds up what meets.
/// </summary>
internal sealed class ReverseWalk
{
    private readonly IReadOnlyList<Node> order;
    private readonly HashSet<Node> onTheWay;
    private readonly HashSet<Node> given;
    private readonly Dictionary<Node, List<Contribution>> contributions = [];
    private readonly Dictionary<Node, Node> totals = [];

    /// <param name="outputs">Where the walk begins.</param>
    /// <param name="wrt">Where it leads to.</param>
    /// <param name="given">Where it ends on the way.</param>
    public ReverseWalk(IReadOnlyList<Node> outputs, IReadOnlyList<Node> wrt, IReadOnlyCollection<Node> given)
    {
        order = Topology.Order(outputs);
        this.given = [.. given.Select(node => node.First)];
        onTheWay = [.. wrt];
        foreach (var node in order)
        {
            if (node.Inputs.Any(onTheWay.Contains)) onTheWay.Add(node);
        }
    }

    /// <param name="Gradient">What flows back.</param>
    /// <param name="IsOwnProduct">Whether it is a matrix product made for this input alone, which may take the other contributions as its summand.</param>
    private readonly record struct Contribution(Node Gradient, bool IsOwnProduct);

    public IReadOnlyList<Node?> Run(IReadOnlyList<Node> outputs, IReadOnlyList<Node> upstream, IReadOnlyList<Node> wrt)
    {
        for (var i = 0; i < outputs.Count; i++) Contribute(outputs[i], new(upstream[i], IsOwnProduct: false));
        foreach (var node in TurnNodes().Reverse())
        {
            if (given.Contains(node.First) || !node.Inputs.Any(onTheWay.Contains)) continue;
            var gradients = node.Outputs.Select(o => Total(o) is { } g ? Shaped(g, o) : null).ToArray();
            if (Array.Exists(gradients, g => g is not null)) Visit(node, gradients);
        }

        return [.. wrt.Select(w => Total(w) is { } g ? Broadcasting.Full(g, w) : null)];
    }

    /// <summary>
    /// One node for each operator: of several outputs the one that comes first in the order. On the way back it comes last, when the gradients
    /// of all of them are complete.
    /// </summary>
    private IEnumerable<Node> TurnNodes()
    {
        var seen = new HashSet<Node>();
        return [.. order.Where(n => seen.Add(n.First))];
    }

    private void Visit(Node node, Node?[] gradients)
    {
        var results = VjpRules.Single.TryGetValue(node.Op, out var single) ? single(gradients[0]!, node)
            : VjpRules.Joint.TryGetValue(node.Op, out var joint) ? joint(gradients, node)
            : throw new GraphException($"{node.Op} has no gradient rule; add one to VjpRules, or do not differentiate through {node}.");
        if (results.Count != node.Inputs.Count)
            throw new GraphException($"The gradient rule of {node.Op} gives {results.Count} gradients for {node.Inputs.Count} inputs.");
        for (var i = 0; i < results.Count; i++)
        {
            var input = node.Inputs[i];
            if (results[i] is not { } gradient || !onTheWay.Contains(input)) continue;
            if (gradient.ElementType != input.ElementType || Broadcasting.Fit(gradient, input) is not { } fitted)
                throw new GraphException($"The gradient rule of {node.Op} gives {gradient} for input {i}, which is {input}.");
            Contribute(input, new(fitted, ReferenceEquals(fitted, gradient) && node.Op is Op.Gemm or Op.MatMul && fitted is { Op: Op.Gemm, Inputs.Count: 2 } && !gradients.Contains(fitted)));
        }
    }

    private void Contribute(Node node, Contribution contribution)
    {
        if (!contributions.TryGetValue(node, out var list)) contributions[node] = list = [];
        list.Add(contribution);
    }

    private Node? Total(Node node)
    {
        if (totals.TryGetValue(node, out var total)) return total;
        if (!contributions.TryGetValue(node, out var list)) return null;
        var terms = list.Where(c => !c.IsOwnProduct).Select(c => c.Gradient).ToArray();
        var sum = terms.Length == 0 ? null : terms.Sum();
        foreach (var product in list.Where(c => c.IsOwnProduct)) sum = sum is null ? product.Gradient : Accumulated(product.Gradient, sum);
        return totals[node] = sum!;
    }

    /// <summary>product + sum, as the product's own summand.</summary>
    private static Node Accumulated(Node product, Node sum) => product.Inputs[0].Gemm(
        product.Inputs[1], sum, product.Attributes.Flag("transA"), product.Attributes.Flag("transB"), product.Attributes.Float("alpha"));

    /// <summary>The gradient as the operator's rule wants it: in the node's full shape, unless the rule can do with a smaller one.</summary>
    private Node Shaped(Node gradient, Node node)
    {
        var small = VjpRules.IsElementwise(node.Op) && node.Inputs.All(i => !onTheWay.Contains(i) || i.Shape.Equals(node.Shape));
        var scalar = gradient.Shape.Rank == 0 && VjpRules.TakesScalar(node.Op);
        return small || scalar ? gradient : Broadcasting.Full(gradient, node);
    }
}
