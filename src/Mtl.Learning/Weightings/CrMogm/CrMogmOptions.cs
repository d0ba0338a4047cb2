using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="CrMogm"/>.</summary>
public sealed record CrMogmOptions
{
    [Description("The balancer whose coefficients are smoothed, with its default options: mgda, cagrad, pcgrad or upgrad.")]
    [AllowedValues("mgda", "cagrad", "pcgrad", "upgrad")]
    public string Of { get; init; } = "mgda";

    [Description("Share of the last coefficients that is kept.")]
    [Range(0.0, 1.0)]
    public double Alpha { get; init; } = 0.9;
}
