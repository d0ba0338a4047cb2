using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Rmtl;

/// <summary>Options of <see cref="RobustMultiTask"/>.</summary>
public sealed record RobustMultiTaskOptions : LinearOptions
{
    [Description("λ, strength of the common part's sum of singular values; the path's largest.")]
    [Range(1e-12, 1e6)]
    public double Lambda { get; init; } = 1;

    [Description("Strength of the penalty on each task's own part relative to λ: the less, the more tasks go their own way.")]
    [Range(1e-6, 1e3)]
    public double OutlierRatio { get; init; } = 1;
}
