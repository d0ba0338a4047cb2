using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;
using Mtl.Learning.Losses;
using Mtl.Learning.Preprocessing.Targets;

namespace Mtl.Learning.Training;

/// <summary>One task, ready to train.</summary>
/// <param name="Definition">As the user gave it, completed.</param>
/// <param name="Target">Its labels.</param>
/// <param name="Loss">Its loss.</param>
public sealed record TaskPlan(TaskDefinition Definition, TaskTarget Target, ILoss Loss)
{
    public string Name => Definition.Name;

    public TaskKind Kind => Definition.Kind;

    /// <summary>Numbers per row of <see cref="Prediction"/>.</summary>
    public int PredictionWidth => Target.Outputs;

    /// <summary>The head's raw output as metrics take it, float [rows, <see cref="PredictionWidth"/>].</summary>
    public Node Prediction(Node output) => Target.Prediction(output);

    public Head Head { get; } = new(Definition.Name, Target.Outputs, Target.Bias);
}
