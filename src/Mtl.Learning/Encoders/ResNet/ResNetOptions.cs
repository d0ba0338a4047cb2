using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Encoders.ResNet;

/// <summary>Options of <see cref="ResNet"/>.</summary>
public sealed record ResNetOptions
{
    [Description("Filters of each stage; every stage but the first halves height and width.")]
    [Range(1, 1024)]
    public IReadOnlyList<int> Stages { get; init; } = [16, 32, 64];

    [Description("Residual blocks of each stage, two convolutions in each; 1 with three stages is ResNet-8.")]
    [Range(1, 16)]
    public int Blocks { get; init; } = 1;
}
