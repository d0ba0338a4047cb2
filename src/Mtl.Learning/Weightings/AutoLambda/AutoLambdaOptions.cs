using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="AutoLambda"/>.</summary>
public sealed record AutoLambdaOptions
{
    [Description("Every task's weight at the start.")]
    [Range(0.0, 100.0)]
    public double Initial { get; init; } = 0.1;

    [Description("Step size of the weights' own Adam.")]
    [Range(0.0, 1.0)]
    public double LearningRate { get; init; } = 0.0001;

    [Description("Rows that the look-ahead is judged on: validation, or training (an independent batch).")]
    public OuterRows Outer { get; init; } = OuterRows.Validation;
}
