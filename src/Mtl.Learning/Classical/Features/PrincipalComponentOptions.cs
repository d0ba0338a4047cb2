using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Classical.Features;

/// <summary>Options of <see cref="PrincipalComponents"/>.</summary>
public sealed record PrincipalComponentOptions
{
    [Description("Most components; 0 for as many as the variance share asks for.")]
    [Range(0, 100_000)]
    public int Components { get; init; }

    [Description("Share of the training rows' variance that the components keep together.")]
    [Range(0.01, 1.0)]
    public double Variance { get; init; } = 0.95;
}
