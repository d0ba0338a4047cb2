namespace Mtl.Graph.Autodiff;

/// <summary>What one run keeps for another.</summary>
/// <param name="Name">Of the first run's output and the second one's input.</param>
/// <param name="Value">The output of the first run, as rows (<see cref="GraphCut.ToRows"/>).</param>
public sealed record CarriedNode(string Name, Node Value);

/// <summary>
/// A computation cut in two, so that something else can happen between its halves: the second run takes what the first has computed as inputs in place of computing it again. A backward pass on its own is
/// cut off its forward pass in this way. What holds no floating-point numbers, and what is made of none (shapes, indices, masks of inputs), is cheap and is computed again.
/// <code>
/// var upstream = Node.Input("upstream", ElementType.Float, hidden.Shape);
/// var backward = Gradient.Pullback([hidden], [upstream], [weight]);
/// var cut = GraphCut.Of([backward[0]!], [hidden]);      // run 1: hidden and cut.Carried; run 2: cut.Outputs, given upstream and what was carried
/// </code>
/// </summary>
/// <param name="Outputs">The second run's outputs, made of its inputs and the carried ones.</param>
/// <param name="Carried">In a fixed order.</param>
public sealed record GraphCut(IReadOnlyList<Node> Outputs, IReadOnlyList<CarriedNode> Carried)
{
    /// <param name="outputs">What the second run shall compute.</param>
    /// <param name="first">What the first run computes; all that it is computed from may be carried.</param>
    /// <exception cref="GraphException">A carried node can't be seen as rows.</exception>
    public static GraphCut Of(IReadOnlyList<Node> outputs, IReadOnlyList<Node> first)
    {
        var computed = ComputedOfNumbers(first);
        var order = Topology.Order(outputs);
        var needed = outputs.ToHashSet();
        foreach (var node in order.Reverse())
            if (needed.Contains(node) && !computed.Contains(node))
                needed.UnionWith(node.Inputs);

        var replaced = new Dictionary<Node, Node>();
        List<CarriedNode> carried = [];
        foreach (var node in order.Where(needed.Contains))
        {
            if (computed.Contains(node))
            {
                var (name, rows) = ($"carried/{carried.Count}", ToRows(node));
                carried.Add(new(name, rows));
                replaced[node] = Node.Input(name, node.ElementType, rows.Shape).Reshape(node.Shape);
            }
            else if (!replaced.ContainsKey(node))
            {
                Rebuild(node, replaced);
            }
        }

        return new([.. outputs.Select(node => replaced[node])], carried);
    }

    /// <summary>
    /// The same numbers with what varies with the data in the leading dimension alone, as buffers for whole batches hold them: [batch·windows, n] as [batch, windows·n]. A tensor of known shape stays as it is.
    /// </summary>
    /// <exception cref="GraphException">The number of elements is no multiple of the dimension that varies.</exception>
    public static Node ToRows(Node node)
    {
        if (node.Shape.FirstOrDefault(dimension => !dimension.IsKnown).Symbol is not { } symbol)
            return node;
        if (node.Shape[0].IsPlainSymbol && node.Shape.Skip(1).All(dimension => dimension.IsKnown))
            return node;
        var width = node.Shape.Size / symbol;
        return width.IsKnown
            ? node.Reshape([symbol, width])
            : throw new GraphException($"{node} can't be carried from one run to another: its size is no multiple of '{symbol}'.");
    }

    private static HashSet<Node> ComputedOfNumbers(IReadOnlyList<Node> roots)
    {
        HashSet<Node> leaves = [], computed = [];
        foreach (var node in Topology.Order(roots).Where(node => node.IsFloating && node.Op != Op.Constant))
        {
            if (node.IsLeaf)
                leaves.Add(node);
            else if (node.Inputs.Any(input => leaves.Contains(input) || computed.Contains(input)))
                computed.Add(node);
        }

        return computed;
    }

    /// <summary>The node, and its operator's other outputs, of the inputs' replacements; itself where nothing was replaced.</summary>
    private static void Rebuild(Node node, Dictionary<Node, Node> replaced)
    {
        Node[] inputs = [.. node.Inputs.Select(input => replaced[input])];
        var same = inputs.SequenceEqual(node.Inputs);
        var made = same ? node.Outputs : Node.ApplyMany(node.Op, node.Attributes, inputs);
        foreach (var output in node.Outputs)
            replaced.TryAdd(output, made[output.OutputIndex]);
    }
}
