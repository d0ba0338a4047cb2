using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Optimizers;

/// <summary>Options of <see cref="Adam"/> with the penalty in the gradient.</summary>
public sealed record AdamOptions
{
    [Description("Step size.")]
    [Range(0.0, 10.0)]
    public double LearningRate { get; init; } = 0.001;

    [Description("Decay of the gradient's running mean.")]
    [Range(0.0, 0.999999)]
    public double Beta1 { get; init; } = 0.9;

    [Description("Decay of the squared gradient's running mean.")]
    [Range(0.0, 0.9999999)]
    public double Beta2 { get; init; } = 0.999;

    [Description("Added to the denominator.")]
    [Range(1e-16, 1.0)]
    public double Epsilon { get; init; } = 1e-8;

    [Description("L2 penalty, added to the gradient as weightDecay · θ.")]
    [Range(0.0, 1.0)]
    public double WeightDecay { get; init; }
}
