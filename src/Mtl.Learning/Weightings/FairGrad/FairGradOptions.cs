using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="FairGrad"/>.</summary>
public sealed record FairGradOptions
{
    [Description("Fairness α: 1 is Nash's proportional fairness, 2 minimal potential delay, the larger the nearer to equal improvements.")]
    [Range(0.5, 10.0)]
    public double Alpha { get; init; } = 1;
}
