using Mtl.Graph;
using Mtl.Learning.Encoders;

namespace Mtl.Learning.Architectures.Hps;

/// <summary>One encoder for all tasks and a head for each: ŷₜ = headₜ(encoder(x)). Source: Caruana, "Multitask Learning", 1997.</summary>
public sealed class HardParameterSharing(HardParameterSharingOptions options) : IArchitecture
{
    public IReadOnlyList<Node> Build(ArchitectureContext context)
    {
        var state = context.Encoder.Encode(context.Shared.In("encoder"), context.Inputs);
        return [.. context.Heads.Select((_, task) => context.BuildHead(task, context.RowsOf(task, state), options.HeadUnits))];
    }
}
