namespace Mtl.Graph;

/// <summary>
/// What is run or exported: named outputs, the order of the inputs, the values of what is fixed, and facts about the model. Checked when it is made.
/// (Not called Graph, because that is the name of the namespace.)
/// </summary>
public sealed record ComputationGraph
{
    private ComputationGraph(
        IReadOnlyList<(string Name, Node Node)> outputs,
        IReadOnlyList<Node> inputs,
        IReadOnlyDictionary<string, TensorValue> initializers,
        IReadOnlyDictionary<string, string> metadata,
        string name) =>
        (Outputs, Inputs, Initializers, Metadata, Name) = (outputs, inputs, initializers, metadata, name);

    public string Name { get; }

    /// <summary>What the model computes, in order.</summary>
    public IReadOnlyList<(string Name, Node Node)> Outputs { get; }

    /// <summary>What is given with each run, in order: the inputs and those parameters that have no value here.</summary>
    public IReadOnlyList<Node> Inputs { get; }

    /// <summary>Values of parameters or inputs, by name, that the model holds.</summary>
    public IReadOnlyDictionary<string, TensorValue> Initializers { get; }

    /// <summary>Free facts about the model, written as ONNX's <c>metadata_props</c> in the order of their keys.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <param name="outputs">Names and nodes.</param>
    /// <param name="inputs">Inputs and parameters in the wanted order; those left out follow in the order of their first use. May name some that nothing uses.</param>
    /// <param name="initializers">Values by name; these become part of the model and are no inputs any more.</param>
    /// <param name="metadata">Free facts about the model.</param>
    /// <param name="name">The graph's name in the file.</param>
    /// <exception cref="GraphException">A rule of <see cref="GraphRules"/> is broken; the message says which, and how.</exception>
    public static ComputationGraph Of(
        IReadOnlyList<(string Name, Node Node)> outputs,
        IReadOnlyList<Node>? inputs = null,
        IReadOnlyDictionary<string, TensorValue>? initializers = null,
        IReadOnlyDictionary<string, string>? metadata = null,
        string name = "mtl")
    {
        initializers ??= new Dictionary<string, TensorValue>();
        var reached = Topology.Order(outputs.Select(o => o.Node)).Where(n => n.Name is not null);
        var ordered = (inputs ?? []).Concat(reached).Where(n => n.Name is null || !initializers.ContainsKey(n.Name)).Distinct().ToArray();
        var graph = new ComputationGraph(outputs, ordered, initializers, metadata ?? new Dictionary<string, string>(), name);
        GraphRules.Verify(graph);
        return graph;
    }

    /// <summary>The values of trained parameters as initializers: each span of numbers takes the shape of its parameter.</summary>
    /// <exception cref="GraphException">A parameter has no values, or another number of them than its shape has.</exception>
    public static IReadOnlyDictionary<string, TensorValue> Values(IEnumerable<Node> parameters, IReadOnlyDictionary<string, ReadOnlyMemory<float>> values) =>
        parameters.ToDictionary(p => p.Name!, p => values.TryGetValue(p.Name!, out var numbers)
            ? TensorValue.Of(p.ElementType, p.Shape, Array.ConvertAll(numbers.ToArray(), x => (double)x))
            : throw new GraphException($"{p} has no value; there are values for {string.Join(", ", values.Keys.Order(StringComparer.Ordinal))}."));

    /// <summary>The trainable leaves that outputs depend on, in the order of their first use.</summary>
    public static IReadOnlyList<Node> ParametersOf(IEnumerable<Node> outputs) => [.. Topology.Order(outputs).Where(n => n.Op == Op.Parameter)];
}
