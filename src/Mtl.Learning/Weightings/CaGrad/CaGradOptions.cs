using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="CaGrad"/>.</summary>
public sealed record CaGradOptions
{
    [Description("Radius of the ball around the mean gradient, as a share of its norm: 0 is the mean, 1 and above comes near MGDA.")]
    [Range(0.0, 10.0)]
    public double C { get; init; } = 0.5;

    [Description("What the result is divided by: none, squared (1 + c², LibMTL's default) or linear (1 + c).")]
    public CaGradRescale Rescale { get; init; } = CaGradRescale.None;
}

/// <summary>What CAGrad's result is divided by.</summary>
public enum CaGradRescale
{
    None,

    /// <summary>1 + c².</summary>
    Squared,

    /// <summary>1 + c.</summary>
    Linear,
}
