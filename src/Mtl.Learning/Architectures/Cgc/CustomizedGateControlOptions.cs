using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Architectures.Cgc;

/// <summary>Options of <see cref="CustomizedGateControl"/>.</summary>
public sealed record CustomizedGateControlOptions
{
    [Description("Experts that all tasks share.")]
    [Range(1, 64)]
    public int SharedExperts { get; init; } = 2;

    [Description("Experts of each task alone.")]
    [Range(1, 64)]
    public int TaskExperts { get; init; } = 1;

    [Description("Units of a hidden layer in each task's head; 0 for none.")]
    [Range(0, 4096)]
    public int HeadUnits { get; init; }
}
