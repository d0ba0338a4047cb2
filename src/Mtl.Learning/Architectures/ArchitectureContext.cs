using Mtl.Graph;
using Mtl.Learning.Encoders;

namespace Mtl.Learning.Architectures;

/// <summary>What an architecture builds from.</summary>
/// <param name="Inputs">The preprocessed columns.</param>
/// <param name="Heads">The tasks, in the definition's order.</param>
/// <param name="Encoder">The encoder of the definition, to be used once or several times, in scopes of the architecture's choice.</param>
/// <param name="Shared">The scope of what the tasks share.</param>
/// <param name="Tasks">Each task's scope, for what it alone uses.</param>
public sealed record ArchitectureContext(ModelInputs Inputs, IReadOnlyList<Head> Heads, IEncoder Encoder, ModelScope Shared, IReadOnlyList<ModelScope> Tasks)
{
    /// <summary>A task's head on a representation [batch, n]: an optional hidden layer with ReLU, then a linear layer; gives [batch, outputs].</summary>
    public Node BuildHead(int task, Node representation, int hiddenUnits)
    {
        var scope = Tasks[task].In("head");
        var last = representation;
        if (hiddenUnits > 0)
            last = scope.In("hidden").Linear(last, hiddenUnits, Initializers.He((int)last.Shape[^1].Value)).Relu();
        return scope.In("output").Linear(last, Heads[task].Outputs, bias: Initializers.Values(Heads[task].Bias));
    }
}
