using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Architectures.Hps;

/// <summary>Options of <see cref="HardParameterSharing"/>.</summary>
public sealed record HardParameterSharingOptions
{
    [Description("Units of a hidden layer in each task's head; 0 for none.")]
    [Range(0, 4096)]
    public int HeadUnits { get; init; }
}
