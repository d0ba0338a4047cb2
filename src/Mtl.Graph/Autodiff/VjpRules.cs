namespace Mtl.Graph.Autodiff;

/// <summary>
/// The gradient of an operator with one output: from the gradient <c>g</c> of its output (of the output's shape) to one entry for each input of node <c>n</c>.
/// An entry may have the shape that the operator broadcast the input to, or one that broadcasts to the input's; null means: deliberately no gradient.
/// </summary>
internal delegate IReadOnlyList<Node?> VjpRule(Node g, Node n);

/// <summary>The same for an operator with several outputs; a gradient is null where nothing flows back through that output.</summary>
internal delegate IReadOnlyList<Node?> JointVjpRule(IReadOnlyList<Node?> g, Node n);

/// <summary>The table of vector-Jacobian products. Rules are made of the same operators, so a gradient can be differentiated again.</summary>
internal static partial class VjpRules
{
    public static readonly IReadOnlyDictionary<Op, VjpRule> Single = new Dictionary<Op, VjpRule>(
        [.. Elementwise, .. Matrix, .. Reduce, .. Shapes, .. Indexing, .. Convolution]);

    private static readonly HashSet<Op> ElementwiseOps = [.. Elementwise.Keys];

    public static readonly IReadOnlyDictionary<Op, JointVjpRule> Joint = new Dictionary<Op, JointVjpRule>
    {
        [Op.Split] = SplitRule,
        [Op.LayerNormalization] = LayerNormalizationRule,
        [Op.MaxPool] = MaxPoolRule,
        [Op.StringSplit] = (_, _) => [null],
    };

    /// <summary>
    /// Operators that work element by element in every input that has a gradient: they may be given a gradient that still has to be broadcast to their shape.
    /// </summary>
    public static bool IsElementwise(Op op) => ElementwiseOps.Contains(op);

    /// <summary>Operators whose rule takes a scalar that stands for a gradient equal everywhere, as the mean of a loss gives it.</summary>
    public static bool TakesScalar(Op op) => op is Op.ReduceSum or Op.ReduceMean or Op.ReduceMax or Op.ReduceLogSumExp
        or Op.Reshape or Op.Squeeze or Op.Unsqueeze or Op.Transpose;

    private static Node?[] None(Node g, Node n) => new Node?[n.Inputs.Count];

    private static VjpRule FirstOnly(Func<Node, Node, Node> rule) => (g, n) =>
    {
        var gradients = new Node?[n.Inputs.Count];
        gradients[0] = rule(g, n);
        return gradients;
    };
}
