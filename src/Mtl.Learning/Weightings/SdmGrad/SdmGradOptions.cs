using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="SdmGrad"/>.</summary>
public sealed record SdmGradOptions
{
    [Description("Pull towards the mean gradient: 0 is MGDA's direction, large values the mean.")]
    [Range(0.0, 100.0)]
    public double Lambda { get; init; } = 0.3;

    [Description("Steps of the weights for each step of the model.")]
    [Range(1, 1000)]
    public int Iterations { get; init; } = 20;
}
