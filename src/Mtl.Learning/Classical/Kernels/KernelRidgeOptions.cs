using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Classical.Kernels;

/// <summary>Options of <see cref="KernelRidge"/>.</summary>
public sealed record KernelRidgeOptions
{
    [Description("λ, strength of ½λ‖f‖²; the path's largest.")]
    [Range(1e-9, 1e6)]
    public double Lambda { get; init; } = 0.1;

    [Description("Strengths tried, from λ down, evenly in their logarithm; the best validation score decides.")]
    [Range(1, 100)]
    public int Path { get; init; } = 4;

    [Description("Last strength of the path relative to λ.")]
    [Range(1e-8, 1.0)]
    public double PathRatio { get; init; } = 1e-2;

    [Description("γ of exp(−γ‖x − x'‖²); 0 for 1/features.")]
    [Range(0.0, 1e6)]
    public double Gamma { get; init; }

    [Description("Most training rows; the time grows with their cube.")]
    [Range(10, 10_000)]
    public int MaximumRows { get; init; } = 3000;
}
