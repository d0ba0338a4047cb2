using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Optimizers;

/// <summary>Options of <see cref="LBfgs"/>.</summary>
public sealed record LBfgsOptions
{
    [Description("Step length that the line search tries first, as a multiple of the quasi-Newton step.")]
    [Range(1e-6, 10.0)]
    public double LearningRate { get; init; } = 1;

    [Description("Curvature pairs that are kept.")]
    [Range(1, 100)]
    public int History { get; init; } = 10;

    [Description("Largest gradient component at which the objective counts as minimised.")]
    [Range(0.0, 1.0)]
    public double GradientTolerance { get; init; } = 1e-5;

    [Description("Relative decrease of the objective in one iteration at which it counts as minimised.")]
    [Range(0.0, 1.0)]
    public double ChangeTolerance { get; init; } = 1e-9;

    [Description("Most evaluations of one line search.")]
    [Range(2, 100)]
    public int LineSearchEvaluations { get; init; } = 25;

    [Description("c₁ of the sufficient decrease f(α) ≤ f(0) + c₁·α·f′(0).")]
    [Range(1e-8, 0.49)]
    public double Decrease { get; init; } = 1e-4;

    [Description("c₂ of the curvature condition |f′(α)| ≤ c₂·|f′(0)|; greater than c₁.")]
    [Range(0.5, 0.999)]
    public double Curvature { get; init; } = 0.9;
}
