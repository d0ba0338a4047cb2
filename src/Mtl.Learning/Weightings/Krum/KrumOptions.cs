using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="Krum"/>.</summary>
public sealed record KrumOptions
{
    [Description("Tasks whose gradients may be arbitrarily wrong; there must be at least this many + 3 tasks.")]
    [Range(0, 1000)]
    public int Byzantine { get; init; }

    [Description("Gradients that are averaged, those nearest to the others; 1 takes a single one.")]
    [Range(1, 1000)]
    public int Selected { get; init; } = 1;
}
