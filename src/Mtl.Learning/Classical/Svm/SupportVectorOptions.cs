using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Classical.Svm;

/// <summary>Options of <see cref="SupportVectorMachine"/>.</summary>
public sealed record SupportVectorOptions
{
    [Description("The functions: rbf, exp(−γ‖x − x'‖²), or linear, x·x'.")]
    public SupportVectorKernel Kernel { get; init; }

    [Description("C, what a row within the margin costs; the path's largest.")]
    [Range(1e-6, 1e6)]
    public double Cost { get; init; } = 10;

    [Description("Costs tried, up to C, evenly in their logarithm; the best validation score decides.")]
    [Range(1, 100)]
    public int Path { get; init; } = 3;

    [Description("First cost of the path relative to C.")]
    [Range(1e-8, 1.0)]
    public double PathRatio { get; init; } = 1e-2;

    [Description("γ of the rbf kernel; 0 for 1/features.")]
    [Range(0.0, 1e6)]
    public double Gamma { get; init; }

    [Description("Regression: errors up to this cost nothing, in standard deviations of the training labels.")]
    [Range(0.0, 10.0)]
    public double Epsilon { get; init; } = 0.1;

    [Description("Largest violation of the optimality conditions that counts as solved.")]
    [Range(1e-10, 0.1)]
    public double Tolerance { get; init; } = 1e-3;

    [Description("Most sweeps for each cost, of as many pair steps as there are rows.")]
    [Range(1, 100_000)]
    public int Iterations { get; init; } = 1000;

    [Description("Most training rows; memory grows with their square.")]
    [Range(10, 10_000)]
    public int MaximumRows { get; init; } = 4000;
}
