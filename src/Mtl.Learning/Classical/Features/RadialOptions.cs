using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Classical.Features;

/// <summary>Options of <see cref="RadialFeatures"/>.</summary>
public sealed record RadialOptions
{
    [Description("Centres, drawn from the training rows; all rows where there are fewer.")]
    [Range(1, 5000)]
    public int Centres { get; init; } = 200;

    [Description("γ of exp(−γ‖x − c‖²); 0 for 1/features.")]
    [Range(0.0, 1e6)]
    public double Gamma { get; init; }

    [Description("Multiply by the inverse root of the centres' kernel matrix (Nyström), so that a linear method on the features approximates its kernel form; else the plain radial functions.")]
    public bool Nystroem { get; init; } = true;
}
