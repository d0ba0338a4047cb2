using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Architectures.Mixture;

/// <summary>Options of <see cref="MixtureNetwork"/>.</summary>
public sealed record MixtureNetworkOptions
{
    [Description("Modules behind the gates: copies of the encoder's last layer.")]
    [Range(2, 64)]
    public int Modules { get; init; } = 4;

    [Description("τ of the gates' softmax: the higher, the more even the mixture.")]
    [Range(1e-2, 1e3)]
    public double Temperature { get; init; } = 1;

    [Description("Units of a hidden layer in each task's head; 0 for none.")]
    [Range(0, 4096)]
    public int HeadUnits { get; init; }
}
