using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="UncertaintyWeighting"/>.</summary>
public sealed record UncertaintyOptions
{
    [Description("Step size of the log-variances' own Adam.")]
    [Range(0.0, 1.0)]
    public double LearningRate { get; init; } = 0.001;

    [Description("Log-variance of every task at the start; -0.5 begins at λ = 0.82.")]
    [Range(-10.0, 10.0)]
    public double InitialLogVariance { get; init; } = -0.5;
}
