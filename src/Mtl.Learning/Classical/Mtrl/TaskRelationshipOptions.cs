using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Mtrl;

/// <summary>Options of <see cref="TaskRelationship"/>.</summary>
public sealed record TaskRelationshipOptions : LinearOptions
{
    [Description("λ, strength of the penalty that the tasks' covariance shapes; the path's largest.")]
    [Range(1e-12, 1e6)]
    public double Lambda { get; init; } = 1;

    [Description("Strength of the plain squared penalty relative to λ.")]
    [Range(0.0, 1e3)]
    public double RidgeRatio { get; init; } = 0.01;
}
