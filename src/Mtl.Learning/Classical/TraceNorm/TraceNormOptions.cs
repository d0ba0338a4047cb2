using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.TraceNorm;

/// <summary>Options of <see cref="TraceNorm"/>.</summary>
public sealed record TraceNormOptions : LinearOptions
{
    [Description("λ, strength of the sum of singular values; the path's largest.")]
    [Range(1e-12, 1e6)]
    public double Lambda { get; init; } = 1;
}
