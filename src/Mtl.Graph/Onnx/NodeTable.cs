namespace Mtl.Graph.Onnx;

/// <summary>
/// Hash-consing: operators that compute the same (same settings, and inputs that compute the same) become one, so rules may ask for the same value
/// again and again at no cost.
/// </summary>
internal sealed class NodeTable
{
    private readonly Dictionary<Key, IReadOnlyList<Node>> outputs = [];
    private readonly Dictionary<Node, Node> canonical = [];
    private readonly List<Node> unique = [];

    public NodeTable(IEnumerable<Node> roots)
    {
        foreach (var node in Topology.Order(roots))
        {
            var key = new Key(node, [.. node.Inputs.Select(Of)]);
            if (!outputs.TryGetValue(key, out var same))
            {
                outputs[key] = same = node.Outputs;
                unique.Add(node.First);
            }

            canonical[node] = same[node.OutputIndex];
        }

        Used = canonical.Values.ToHashSet();
    }

    /// <summary>The first output of each operator, and each leaf, that is left, after what it is computed from.</summary>
    public IReadOnlyList<Node> Unique => unique;

    /// <summary>The outputs that something uses, or that a root is.</summary>
    public IReadOnlySet<Node> Used { get; }

    /// <summary>The node that stands for this one.</summary>
    public Node Of(Node node) => canonical[node];

    /// <summary>What an operator computes, whichever of its outputs is meant.</summary>
    private sealed class Key(Node node, Node[] inputs) : IEquatable<Key>
    {
        private readonly Node node = node;
        private readonly Node[] inputs = inputs;

        public bool Equals(Key? other) => other is not null && node.Op == other.node.Op && node.Name == other.node.Name
            && inputs.AsSpan().SequenceEqual(other.inputs) && node.Attributes.Equals(other.node.Attributes) && Equals(node.Value, other.node.Value);

        public override bool Equals(object? obj) => Equals(obj as Key);

        public override int GetHashCode()
        {
            HashCode hash = default;
            hash.Add(node.Op);
            hash.Add(node.Name);
            hash.Add(node.Attributes);
            hash.Add(node.Value);
            foreach (var input in inputs) hash.Add(input);
            return hash.ToHashCode();
        }
    }
}
