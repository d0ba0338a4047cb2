using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="DynamicWeightAverage"/>.</summary>
public sealed record DwaOptions
{
    [Description("Temperature of the softmax: the larger, the more equal the weights.")]
    [Range(0.01, 1000.0)]
    public double Temperature { get; init; } = 2;
}
