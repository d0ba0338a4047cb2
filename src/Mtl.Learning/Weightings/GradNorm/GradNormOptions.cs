using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="GradNorm"/>.</summary>
public sealed record GradNormOptions
{
    [Description("Strength of the pull towards a common training rate.")]
    [Range(0.0, 10.0)]
    public double Alpha { get; init; } = 1.5;

    [Description("Step size of the weights' own Adam.")]
    [Range(0.0, 1.0)]
    public double LearningRate { get; init; } = 0.025;
}
