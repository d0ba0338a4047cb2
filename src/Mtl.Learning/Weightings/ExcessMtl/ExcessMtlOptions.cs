using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="ExcessMtl"/>.</summary>
public sealed record ExcessMtlOptions
{
    [Description("Step size of the weights' exponential updates.")]
    [Range(0.0, 10.0)]
    public double StepSize { get; init; } = 0.01;
}
