using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Optimizers;

/// <summary>Options of <see cref="RmsProp"/>.</summary>
public sealed record RmsPropOptions
{
    [Description("Step size.")]
    [Range(0.0, 10.0)]
    public double LearningRate { get; init; } = 0.01;

    [Description("Decay of the squared gradient's running mean.")]
    [Range(0.0, 0.9999999)]
    public double Decay { get; init; } = 0.99;

    [Description("Added to the denominator.")]
    [Range(1e-16, 1.0)]
    public double Epsilon { get; init; } = 1e-8;

    [Description("Share of the last update's direction that is kept.")]
    [Range(0.0, 0.99999)]
    public double Momentum { get; init; }

    [Description("Divide by the running standard deviation of the gradient rather than its root mean square.")]
    public bool Centered { get; init; }

    [Description("L2 penalty, added to the gradient as weightDecay · θ.")]
    [Range(0.0, 1.0)]
    public double WeightDecay { get; init; }
}
