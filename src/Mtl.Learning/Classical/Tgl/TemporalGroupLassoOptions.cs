using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Tgl;

/// <summary>Options of <see cref="TemporalGroupLasso"/>.</summary>
public sealed record TemporalGroupLassoOptions : LinearOptions
{
    [Description("λ, strength of the features' group penalty; the path's largest.")]
    [Range(1e-12, 1e6)]
    public double Lambda { get; init; } = 1;

    [Description("Strength of the pull between a task and the next, relative to λ.")]
    [Range(0.0, 1e6)]
    public double SmoothRatio { get; init; } = 1;

    [Description("Strength of the plain squared penalty relative to λ.")]
    [Range(0.0, 1e3)]
    public double RidgeRatio { get; init; } = 0.01;
}
