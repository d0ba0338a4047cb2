using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Architectures.CrossStitch;

/// <summary>Options of <see cref="CrossStitchNetwork"/>.</summary>
public sealed record CrossStitchNetworkOptions
{
    [Description("How much of its own network a task starts with after each layer; the rest comes from the others in equal parts.")]
    [Range(0.0, 1.0)]
    public double OwnShare { get; init; } = 0.9;

    [Description("Units of a hidden layer in each task's head; 0 for none.")]
    [Range(0, 4096)]
    public int HeadUnits { get; init; }
}
