using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="MoCo"/>.</summary>
public sealed record MoCoOptions
{
    [Description("Step size of the tracked gradients at step 1.")]
    [Range(0.0, 1.0)]
    public double Beta { get; init; } = 0.5;

    [Description("The tracked gradients' step size at step k is beta / k^betaSigma.")]
    [Range(0.0, 10.0)]
    public double BetaSigma { get; init; } = 0.5;

    [Description("Step size of the weights at step 1.")]
    [Range(0.0, 100.0)]
    public double Gamma { get; init; } = 0.1;

    [Description("The weights' step size at step k is gamma / k^gammaSigma.")]
    [Range(0.0, 10.0)]
    public double GammaSigma { get; init; } = 0.5;

    [Description("L2 penalty of the weights.")]
    [Range(0.0, 100.0)]
    public double Rho { get; init; }
}
