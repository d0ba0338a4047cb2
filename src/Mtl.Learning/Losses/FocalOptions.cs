using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Losses;

/// <summary>Options of <see cref="Focal"/>.</summary>
public sealed record FocalOptions
{
    [Description("How much rows that are predicted well count less; 0 is cross entropy.")]
    [Range(0.0, 10.0)]
    public double Gamma { get; init; } = 2;
}
