using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Regularizers;

/// <summary>Options of <see cref="ElasticNet"/>.</summary>
public sealed record ElasticNetOptions
{
    [Description("w: how much it counts.")]
    [Range(0.0, 1e6)]
    public double Weight { get; init; } = 0.001;

    [Description("ρ: share of the absolute values; the rest is that of the squares.")]
    [Range(0.0, 1.0)]
    public double Ratio { get; init; } = 0.5;

    [Description("Which weights: all, those that tasks share, or those of single tasks. Biases are never penalised.")]
    public RegularizedPart On { get; init; } = RegularizedPart.All;
}
