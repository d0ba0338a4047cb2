using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="Moml"/>.</summary>
public sealed record MomlOptions
{
    [Description("Step size of the look-ahead.")]
    [Range(0.0, 10.0)]
    public double InnerLearningRate { get; init; } = 0.1;

    [Description("Step size of the weights' own Adam.")]
    [Range(0.0, 1.0)]
    public double OuterLearningRate { get; init; } = 0.001;

    [Description("Rows that the look-ahead is judged on: validation, or training (an independent batch).")]
    public OuterRows Outer { get; init; } = OuterRows.Validation;
}

/// <summary>Where the upper level of a bilevel method takes its batches from.</summary>
public enum OuterRows
{
    Validation,
    Training,
}

internal static class OuterRowsBatch
{
    public static ProbeBatch Batch(this OuterRows rows) => rows == OuterRows.Validation ? ProbeBatch.Validation : ProbeBatch.Training;
}
