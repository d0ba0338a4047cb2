using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Architectures.Mmoe;

/// <summary>Options of <see cref="MultiGateMixtureOfExperts"/>.</summary>
public sealed record MultiGateMixtureOfExpertsOptions
{
    [Description("Experts: copies of the encoder's layers that all tasks share. The source takes 8.")]
    [Range(1, 64)]
    public int Experts { get; init; } = 4;

    [Description("Units of a hidden layer in each task's head; 0 for none.")]
    [Range(0, 4096)]
    public int HeadUnits { get; init; }
}
