namespace Mtl.Graph.Autodiff;

/// <summary>
/// Gradients of every part of a batch's rows by itself, in one walk over all rows. Where each row is computed alone, what flows back to a row is of its own part only, whatever the other rows carry: so values that
/// have rows need one gradient for all parts, and parts are told apart only where a row meets what all rows share, such as a weight. There the operator is taken as it is on the part's rows:
/// <code>y = x·W:   ∂x = ∂y·Wᵀ once,   ∂W of part p = x[p]ᵀ·∂y[p]</code>
/// Against a walk for each part, this costs one walk and the products that make the parts' gradients, whose rows add up to the batch's.
/// </summary>
public static class PartwiseGradient
{
    /// <summary>
    /// For each part, the vector-Jacobian products Σₖ upstreamₖ[part]ᵀ·∂outputₖ[part]/∂w for each w, null where the part does not depend on w. Null as a whole where rows meet on the way from some w to the outputs,
    /// or an operator is not known to keep them apart.
    /// </summary>
    /// <param name="outputs">Nodes whose first dimension is the batch.</param>
    /// <param name="upstream">In the outputs' shapes.</param>
    /// <param name="wrt">Nodes that are the same for every row, such as parameters.</param>
    /// <param name="partsOf">Cuts a node over the batch along its first axis, by sizes that come with each run.</param>
    /// <exception cref="GraphException">An operator on the way has no gradient rule.</exception>
    public static IReadOnlyList<IReadOnlyList<Node?>>? Pullback(IReadOnlyList<Node> outputs, IReadOnlyList<Node> upstream, IReadOnlyList<Node> wrt, Func<Node, IReadOnlyList<Node>> partsOf)
    {
        var rowWise = new RowWise(outputs[0].Shape[0]);
        if (Seams(outputs, wrt, rowWise) is not { } seams)
            return null;
        Node[] ends = [.. seams.SelectMany(seam => seam.Outputs)];
        var cut = new Dictionary<Node, IReadOnlyList<Node>>();
        IReadOnlyList<Node> Cut(Node node) => cut.TryGetValue(node, out var known) ? known : cut[node] = rowWise.PartsOf(node, partsOf);
        (Node Node, Node Gradient)[] arriving = [.. ends.Zip(Gradient.Pullback(outputs, upstream, ends)).Where(end => end.Second is not null).Select(end => (end.First, end.Second!))];
        return [.. Enumerable.Range(0, partsOf(outputs[0]).Count).Select(part => OfPart(part))];

        IReadOnlyList<Node?> OfPart(int part)
        {
            HashSet<Node> given = [];
            var made = seams.ToDictionary(seam => seam, seam => Node.ApplyMany(seam.Op, seam.Attributes, [.. seam.Inputs.Select(input => rowWise.HasRows(input) ? Part(input) : input)]));
            return Gradient.Pullback([.. arriving.Select(end => made[end.Node.First][end.Node.OutputIndex])], [.. arriving.Select(end => Cut(end.Gradient)[part])], wrt, given);

            Node Part(Node input)
            {
                var own = Cut(input)[part];
                given.Add(own);
                return own;
            }
        }
    }

    /// <summary>The operators at which rows meet what is the same for all of them and depends on some w, one node for each; null where an operator does not keep rows apart.</summary>
    private static List<Node>? Seams(IReadOnlyList<Node> outputs, IReadOnlyList<Node> wrt, RowWise rowWise)
    {
        HashSet<Node> onTheWay = [.. wrt];
        List<Node> seams = [];
        foreach (var node in Topology.Order(outputs))
        {
            Node[] inputs = [.. node.Inputs.Where(onTheWay.Contains)];
            if (inputs.Length == 0)
                continue;
            onTheWay.Add(node);
            var (shared, withRows) = (inputs.Any(input => !rowWise.HasRows(input)), inputs.Any(rowWise.HasRows));
            if (node.Outputs.All(output => !rowWise.HasRows(output)) && !withRows)
                continue;
            if (!node.Outputs.All(rowWise.HasRows) || !rowWise.Computes(node) || (shared && !RowWise.CanBeDivided(node)))
                return null;
            if (shared && !seams.Contains(node.First))
                seams.Add(node.First);
        }

        return seams;
    }
}
