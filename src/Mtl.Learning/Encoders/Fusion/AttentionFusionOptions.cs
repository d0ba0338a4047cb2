using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Encoders.Fusion;

/// <summary>Options of <see cref="AttentionFusion"/>.</summary>
public sealed record AttentionFusionOptions
{
    [Description("Units that every modality is projected to, and of what is made of them.")]
    [Range(1, 16384)]
    public int Width { get; init; } = 64;
}
