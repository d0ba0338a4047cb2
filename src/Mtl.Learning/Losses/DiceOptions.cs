using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Losses;

/// <summary>Options of <see cref="Dice"/>.</summary>
public sealed record DiceOptions
{
    [Description("Added to numerator and denominator, so that rows without a true label have a loss that probabilities lower.")]
    [Range(1e-3, 100.0)]
    public double Smoothing { get; init; } = 1;
}
