using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Srmtl;

/// <summary>Options of <see cref="GraphSmooth"/>.</summary>
public sealed record GraphSmoothOptions : LinearOptions
{
    public GraphSmoothOptions() => PathRatio = 1e-4;

    [Description("λ, strength of the pull between neighbours; the path's largest.")]
    [Range(0.0, 1e6)]
    public double Lambda { get; init; } = 10;

    [Description("Strength of the plain squared penalty relative to λ.")]
    [Range(0.0, 1e3)]
    public double RidgeRatio { get; init; } = 0.1;

    [Description("The neighbours: complete, chain, ring, or only the given edges.")]
    public TaskGraph Graph { get; init; }

    [Description("Further edges as pairs of tasks, counted from 0: 0, 1, 1, 2 joins task 0 with 1 and 1 with 2.")]
    [Range(0, 100000)]
    public IReadOnlyList<int> Edges { get; init; } = [];
}
