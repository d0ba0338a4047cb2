namespace Mtl.Graph.Operators;

/// <summary>Dimensions as a vector of 64-bit integers: a constant where they are known, else read off a tensor that has the symbol in its shape.</summary>
internal static class RuntimeShape
{
    /// <param name="dimensions">What to hold.</param>
    /// <param name="source">A node computed from inputs that carry the symbols.</param>
    public static Node Of(IReadOnlyList<Dimension> dimensions, Node? source)
    {
        if (dimensions.All(d => d.IsKnown)) return Node.Constant([.. dimensions.Select(d => d.Value)]);
        var parts = new List<Node>();
        var known = new List<long>();
        foreach (var dimension in dimensions)
        {
            if (dimension.IsKnown)
            {
                known.Add(dimension.Value);
                continue;
            }

            Flush();
            parts.Add(Symbolic(dimension, source));
        }

        Flush();
        return parts.Count == 1 ? parts[0] : Node.Apply(Op.Concat, Attributes.Of(("axis", 0)), [.. parts]);

        void Flush()
        {
            if (known.Count > 0) parts.Add(Node.Constant([.. known]));
            known.Clear();
        }
    }

    private static Node Symbolic(Dimension wanted, Node? source)
    {
        var found = Origin(source, node => Axis(node.Shape, wanted) >= 0) is { } any && Reads(any, wanted) ? any
            : Origin(source, node => Reads(node, wanted)) ?? throw Unknown(wanted, source);
        var axis = Axis(found.Shape, wanted);
        var extent = Node.Apply(Op.Shape, Attributes.Of(("start", axis), ("end", axis + 1)), found);
        if (found.Shape[axis] == wanted) return extent;
        if (wanted.Scale != 1) extent *= wanted.Scale;
        return wanted.Offset == 0 ? extent : extent + wanted.Offset;
    }

    /// <summary>Follows the symbol to where it comes in, so that all who ask share one node.</summary>
    private static Node? Origin(Node? source, Func<Node, bool> carries)
    {
        var node = Topology.Nearest(source, carries);
        while (node?.Inputs.FirstOrDefault(carries) is { } input) node = input;
        return node;
    }

    /// <summary>Whether the dimension can be computed from the node's shape: from itself, or from the symbol alone.</summary>
    private static bool Reads(Node node, Dimension wanted) =>
        Axis(node.Shape, wanted) is >= 0 and var axis && (node.Shape[axis] == wanted || node.Shape[axis].IsPlainSymbol);

    private static int Axis(Shape shape, Dimension wanted)
    {
        var plain = shape.ToList().FindIndex(d => d.Symbol == wanted.Symbol && d.IsPlainSymbol);
        return plain >= 0 ? plain : shape.ToList().FindIndex(d => d.Symbol == wanted.Symbol);
    }

    private static GraphException Unknown(Dimension wanted, Node? source) => new(
        $"Dimension '{wanted}' cannot be read off {source?.ToString() ?? "nothing"}; it must be computed from an input that has the dimension '{wanted.Symbol}'.");
}
