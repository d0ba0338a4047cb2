using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="Famo"/>.</summary>
public sealed record FamoOptions
{
    [Description("Step size of the weights' own Adam.")]
    [Range(0.0, 1.0)]
    public double LearningRate { get; init; } = 0.025;

    [Description("L2 penalty of the weights' logits.")]
    [Range(0.0, 1.0)]
    public double WeightDecay { get; init; } = 0.001;
}
