using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Optimizers;

/// <summary>Options of <see cref="GradientDescent"/>.</summary>
public sealed record GradientDescentOptions
{
    [Description("Step size.")]
    [Range(0.0, 100.0)]
    public double LearningRate { get; init; } = 0.1;

    [Description("Largest gradient component at which the objective counts as minimised; 0 goes on to the last epoch.")]
    [Range(0.0, 1.0)]
    public double GradientTolerance { get; init; }
}
