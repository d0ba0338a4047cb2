using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Encoders.Fusion;

/// <summary>Options of <see cref="EarlyFusion"/>.</summary>
public sealed record EarlyFusionOptions
{
    [Description("Units of each layer over the joined features.")]
    [Range(1, 16384)]
    public IReadOnlyList<int> Widths { get; init; } = [128, 64];

    [Description("Fraction of each layer's units that a training step leaves out.")]
    [Range(0.0, 0.95)]
    public double Dropout { get; init; } = 0.1;
}
