using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.JointFeatures;

/// <summary>Options of <see cref="JointFeatureSelection"/>.</summary>
public sealed record JointFeatureSelectionOptions : LinearOptions
{
    [Description("λ, strength of the features' group penalty; the path's largest.")]
    [Range(1e-12, 1e6)]
    public double Lambda { get; init; } = 1;
}
