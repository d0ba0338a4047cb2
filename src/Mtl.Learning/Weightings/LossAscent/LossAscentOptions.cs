using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="LossAscent"/>.</summary>
public sealed record LossAscentOptions
{
    [Description("Step size η of the ascent in λ.")]
    [Range(0.0, 10.0)]
    public double Rate { get; init; } = 0.01;
}
