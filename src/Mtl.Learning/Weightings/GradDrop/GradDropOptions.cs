using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="GradDrop"/>.</summary>
public sealed record GradDropOptions
{
    [Description("Share of the gradients that passes whatever its sign; 1 is the sum.")]
    [Range(0.0, 1.0)]
    public double Leak { get; init; }
}
