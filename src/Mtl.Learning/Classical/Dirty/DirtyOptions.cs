using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Dirty;

/// <summary>Options of <see cref="Dirty"/>.</summary>
public sealed record DirtyOptions : LinearOptions
{
    [Description("λ, strength of the shared part's block penalty; the path's largest.")]
    [Range(1e-12, 1e6)]
    public double Lambda { get; init; } = 1;

    [Description("Strength of the tasks' own sparse part relative to λ; between 1/columns and 1 both parts can be used.")]
    [Range(1e-6, 1e3)]
    public double SparseRatio { get; init; } = 0.6;
}
