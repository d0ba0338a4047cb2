using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Encoders.Mlp;

/// <summary>Options of <see cref="MultiLayerPerceptron"/>.</summary>
public sealed record MultiLayerPerceptronOptions
{
    [Description("Units of each layer, from the input on; an empty list gives the features as they are.")]
    [Range(1, 16384)]
    public IReadOnlyList<int> Widths { get; init; } = [128, 64];

    [Description("The function after each layer.")]
    public Activation Activation { get; init; } = Activation.Relu;

    [Description("Fraction of each layer's units that a training step leaves out.")]
    [Range(0.0, 0.95)]
    public double Dropout { get; init; } = 0.1;
}
