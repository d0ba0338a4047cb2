using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Optimizers;

/// <summary>Options of <see cref="Sgd"/>.</summary>
public sealed record SgdOptions
{
    [Description("Step size.")]
    [Range(0.0, 100.0)]
    public double LearningRate { get; init; } = 0.01;

    [Description("Share of the last update's direction that is kept; 0 is plain gradient descent.")]
    [Range(0.0, 0.99999)]
    public double Momentum { get; init; } = 0.9;

    [Description("Take the gradient as if the momentum step were already made (Nesterov); needs momentum.")]
    public bool Nesterov { get; init; }

    [Description("L2 penalty, added to the gradient as weightDecay · θ.")]
    [Range(0.0, 1.0)]
    public double WeightDecay { get; init; }
}
