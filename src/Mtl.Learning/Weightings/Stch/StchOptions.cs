using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="SmoothTchebycheff"/>.</summary>
public sealed record StchOptions
{
    [Description("Smoothing μ: the smaller, the more the worst task alone counts.")]
    [Range(0.001, 1000.0)]
    public double Mu { get; init; } = 1;

    [Description("Epochs that descend the sum of the losses' logarithms before the one whose mean losses become the reference.")]
    [Range(0, 100000)]
    public int WarmupEpochs { get; init; } = 4;
}
