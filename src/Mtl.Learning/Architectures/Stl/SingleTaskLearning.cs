using Mtl.Graph;
using Mtl.Learning.Encoders;

namespace Mtl.Learning.Architectures.Stl;

/// <summary>
/// An encoder and a head of its own for each task: ŷₜ = headₜ(encoderₜ(x)). Trained side by side in one graph, each task gets what separate training would give it.
/// </summary>
public sealed class SingleTaskLearning(SingleTaskLearningOptions options) : IArchitecture
{
    public IReadOnlyList<Node> Build(ArchitectureContext context) =>
    [
        .. context.Heads.Select((_, task) =>
            context.BuildHead(task, context.Encoder.Encode(context.Tasks[task].In("encoder"), context.InputsOf(task)), options.HeadUnits)),
    ];
}
