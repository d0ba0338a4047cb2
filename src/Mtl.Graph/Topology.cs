namespace Mtl.Graph;

/// <summary>Walks over graphs without recursion, so that depth is no limit.</summary>
public static class Topology
{
    /// <summary>Every node that the roots are computed from, the roots included, each after its inputs; the order depends on the graph alone.</summary>
    public static IReadOnlyList<Node> Order(IEnumerable<Node> roots)
    {
        var order = new List<Node>();
        var seen = new HashSet<Node>();
        var pending = new Stack<(Node Node, int NextInput)>();
        foreach (var root in roots)
        {
            if (seen.Add(root)) pending.Push((root, 0));
            while (pending.TryPop(out var top))
            {
                if (top.NextInput == top.Node.Inputs.Count)
                {
                    order.Add(top.Node);
                    continue;
                }

                pending.Push((top.Node, top.NextInput + 1));
                var input = top.Node.Inputs[top.NextInput];
                if (seen.Add(input)) pending.Push((input, 0));
            }
        }

        return order;
    }

    /// <summary>The node that fits, looked for breadth first from a start towards the inputs; null when none does.</summary>
    internal static Node? Nearest(Node? start, Func<Node, bool> fits)
    {
        if (start is null) return null;
        var seen = new HashSet<Node> { start };
        var pending = new Queue<Node>(seen);
        while (pending.TryDequeue(out var node))
        {
            if (fits(node)) return node;
            foreach (var input in node.Inputs)
            {
                if (seen.Add(input)) pending.Enqueue(input);
            }
        }

        return null;
    }
}
