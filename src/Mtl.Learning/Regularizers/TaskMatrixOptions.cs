using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Regularizers;

/// <summary>Options of the regularisers of the tasks' weights together: <see cref="GroupNorm"/>, <see cref="TraceNorm"/>, <see cref="MeanRegularizer"/>.</summary>
public sealed record TaskMatrixOptions
{
    [Description("w: how much it counts.")]
    [Range(0.0, 1e6)]
    public double Weight { get; init; } = 0.01;
}
