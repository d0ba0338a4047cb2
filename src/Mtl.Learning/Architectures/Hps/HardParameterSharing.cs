using Mtl.Graph;

namespace Mtl.Learning.Architectures.Hps;

/// <summary>One encoder for all tasks and a head for each: ŷₜ = headₜ(encoder(x)). Source: Caruana, "Multitask Learning", 1997.</summary>
public sealed class HardParameterSharing(HardParameterSharingOptions options) : IArchitecture
{
    public IReadOnlyList<Node> Build(ArchitectureContext context)
    {
        var representation = context.Encoder.Build(context.Shared.In("encoder"), context.Inputs);
        return [.. context.Heads.Select((_, task) => context.BuildHead(task, representation, options.HeadUnits))];
    }
}
