using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Optimizers;

/// <summary>Options of <see cref="Adagrad"/>.</summary>
public sealed record AdagradOptions
{
    [Description("Step size.")]
    [Range(0.0, 10.0)]
    public double LearningRate { get; init; } = 0.01;

    [Description("The step size at step t is divided by 1 + (t − 1)·rateDecay.")]
    [Range(0.0, 1.0)]
    public double RateDecay { get; init; }

    [Description("Where the sum of squared gradients starts.")]
    [Range(0.0, 1e6)]
    public double InitialSum { get; init; }

    [Description("Added to the denominator.")]
    [Range(1e-16, 1.0)]
    public double Epsilon { get; init; } = 1e-10;

    [Description("L2 penalty, added to the gradient as weightDecay · θ.")]
    [Range(0.0, 1.0)]
    public double WeightDecay { get; init; }
}
