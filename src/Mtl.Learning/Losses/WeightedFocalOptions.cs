using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Losses;

/// <summary>Options of the class-weighted <see cref="Focal"/>.</summary>
public sealed record WeightedFocalOptions
{
    [Description("How much rows that are predicted well count less; 0 is class-weighted cross entropy.")]
    [Range(0.0, 10.0)]
    public double Gamma { get; init; } = 2;

    [Description("How much rare labels count more: weights ∝ share^(−balance) of the training labels, 1 on average; 1 makes all labels count alike, 0 none more than another.")]
    [Range(0.0, 1.0)]
    public double Balance { get; init; } = 1;
}
