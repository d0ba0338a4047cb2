using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="MoDo"/>.</summary>
public sealed record MoDoOptions
{
    [Description("Step size of the weights.")]
    [Range(0.0, 100.0)]
    public double Gamma { get; init; } = 0.001;

    [Description("L2 penalty of the weights.")]
    [Range(0.0, 100.0)]
    public double Rho { get; init; } = 0.1;
}
