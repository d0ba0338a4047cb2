using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Regularizers;

/// <summary>Options of <see cref="GraphLaplacian"/>.</summary>
public sealed record LaplacianOptions
{
    [Description("w: how much it counts.")]
    [Range(0.0, 1e6)]
    public double Weight { get; init; } = 0.01;

    [Description("How near each pair of tasks is, in the order (1,2), (1,3), …, (2,3), …; empty for a chain in which each task is near the next one.")]
    [Range(0.0, 1e6)]
    public IReadOnlyList<double> Similarities { get; init; } = [];
}
