using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="UpGrad"/> and <see cref="DualProj"/>.</summary>
public sealed record DualConeOptions
{
    [Description("Added to the diagonal of the gradients' inner products after their trace was made 1; 0 projects exactly.")]
    [Range(0.0, 1.0)]
    public double Regularization { get; init; } = 1e-4;
}
