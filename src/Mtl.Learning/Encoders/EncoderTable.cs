using Mtl.Core.Catalogue;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Encoders.Mlp;

namespace Mtl.Learning.Encoders;

/// <summary>The encoders, a row each.</summary>
public static class EncoderTable
{
    public static MethodTable<IEncoder> Methods { get; } = new(MethodKind.Encoder)
    {
        {
            "mlp", "Multi-layer perceptron",
            "Fully connected layers over numbers, one-hot categories and learned embeddings.",
            "h₀ = [features, embeddings]\nhᵢ = dropout(activation(hᵢ₋₁·Wᵢ + bᵢ))",
            "Rumelhart, Hinton and Williams, Learning representations by back-propagating errors, Nature 1986",
            (MultiLayerPerceptronOptions options) => new MultiLayerPerceptron(options)
        },
    };
}
