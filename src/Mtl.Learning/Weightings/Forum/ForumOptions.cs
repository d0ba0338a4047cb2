using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="Forum"/>.</summary>
public sealed record ForumOptions
{
    [Description("Strength ρ of the lower level's constraint.")]
    [Range(0.0, 100.0)]
    public double Rho { get; init; } = 0.1;

    [Description("Steps of the look-ahead.")]
    [Range(1, 100)]
    public int InnerSteps { get; init; } = 5;

    [Description("Step size of the look-ahead.")]
    [Range(0.0, 10.0)]
    public double InnerLearningRate { get; init; } = 0.1;

    [Description("Step size of the weights' own Adam.")]
    [Range(0.0, 1.0)]
    public double OuterLearningRate { get; init; } = 0.001;

    [Description("Rows of the upper level, whose gradients the model descends: training (an independent batch), or validation, which then chooses the best epoch no longer unseen.")]
    public OuterRows Outer { get; init; } = OuterRows.Training;
}
