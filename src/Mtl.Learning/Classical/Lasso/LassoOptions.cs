using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Lasso;

/// <summary>Options of <see cref="Lasso"/>.</summary>
public sealed record LassoOptions : LinearOptions
{
    [Description("λ, strength of the absolute weights' penalty; the path's largest.")]
    [Range(1e-12, 1e6)]
    public double Lambda { get; init; } = 1;
}
