using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Ridge;

/// <summary>Options of <see cref="MeanRidge"/>.</summary>
public sealed record MeanRidgeOptions : LinearOptions
{
    public MeanRidgeOptions() => PathRatio = 1e-4;

    [Description("λ, strength of the pull towards the tasks' mean; the path's largest.")]
    [Range(0.0, 1e6)]
    public double Lambda { get; init; } = 10;

    [Description("Strength of the pull of the mean itself towards zero, relative to λ.")]
    [Range(0.0, 1e3)]
    public double MeanRatio { get; init; } = 0.01;
}
