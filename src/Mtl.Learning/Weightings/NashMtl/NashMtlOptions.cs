using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="NashMtl"/>.</summary>
public sealed record NashMtlOptions
{
    [Description("Steps from one solution of the bargaining problem to the next; its coefficients are kept in between.")]
    [Range(1, 1000)]
    public int UpdateEvery { get; init; } = 1;

    [Description("Largest norm of the combined gradient; 0 for no limit.")]
    [Range(0.0, 1e6)]
    public double MaxNorm { get; init; } = 1;
}
