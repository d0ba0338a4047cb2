using Mtl.Core.Definitions;
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

    public Head Head { get; } = new(Definition.Name, Target.Outputs, Target.Bias);
}
