using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Regularizers;

/// <summary>Options of <see cref="L1"/> and <see cref="L2"/>.</summary>
public sealed record WeightOptions
{
    [Description("w: how much it counts.")]
    [Range(0.0, 1e6)]
    public double Weight { get; init; } = 0.001;

    [Description("Which weights: all, those that tasks share, or those of single tasks. Biases are never penalised.")]
    public RegularizedPart On { get; init; } = RegularizedPart.All;
}
