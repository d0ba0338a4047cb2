using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Encoders.Fusion;

/// <summary>Options of <see cref="SharedTrunkFusion"/>.</summary>
public sealed record SharedTrunkFusionOptions
{
    [Description("Units that every modality is projected to, and of each layer of the trunk.")]
    [Range(1, 16384)]
    public int Width { get; init; } = 64;

    [Description("Layers of the trunk.")]
    [Range(1, 48)]
    public int Layers { get; init; } = 2;
}
