using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Ridge;

/// <summary>Options of <see cref="Ridge"/> and <see cref="PooledRidge"/>.</summary>
public sealed record RidgeOptions : LinearOptions
{
    public RidgeOptions() => PathRatio = 1e-4;

    [Description("λ, strength of the squared weights' penalty; the path's largest.")]
    [Range(0.0, 1e6)]
    public double Lambda { get; init; } = 10;
}
