using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.SparseLowRank;

/// <summary>Options of <see cref="SparseLowRank"/>.</summary>
public sealed record SparseLowRankOptions : LinearOptions
{
    [Description("λ, strength of the low-rank part's sum of singular values; the path's largest.")]
    [Range(1e-12, 1e6)]
    public double Lambda { get; init; } = 1;

    [Description("Strength of the sparse part's absolute weights relative to λ.")]
    [Range(1e-6, 1e3)]
    public double SparseRatio { get; init; } = 0.6;
}
