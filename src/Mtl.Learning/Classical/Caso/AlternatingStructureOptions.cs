using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Caso;

/// <summary>Options of <see cref="AlternatingStructure"/>.</summary>
public sealed record AlternatingStructureOptions : LinearOptions
{
    [Description("λ, strength outside the shared subspace; the path's largest.")]
    [Range(1e-12, 1e6)]
    public double Lambda { get; init; } = 1;

    [Description("h, dimensions of the shared subspace.")]
    [Range(1, 1000)]
    public int Dimensions { get; init; } = 2;

    [Description("η: within the shared subspace the strength is λη/(1 + η) only.")]
    [Range(1e-6, 1e3)]
    public double Softness { get; init; } = 0.1;
}
