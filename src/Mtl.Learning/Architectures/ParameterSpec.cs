using Mtl.Graph;

namespace Mtl.Learning.Architectures;

/// <summary>One trained tensor of a model.</summary>
/// <param name="Name">Path of the part it belongs to and its own name: <c>shared/encoder/layer1/weight</c>.</param>
/// <param name="Task">The task that alone uses it; null when it is shared.</param>
/// <param name="Node">Where it enters the graph.</param>
/// <param name="Initializer">Its value before training.</param>
public sealed record ParameterSpec(string Name, int? Task, Node Node, Initializer Initializer)
{
    /// <summary>The name of the random stream that its initial value comes from; its own name unless it is to start out as another's.</summary>
    public string Origin { get; init; } = Name;

    public long[] Shape => Node.Shape.Values;
}
