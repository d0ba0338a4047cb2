using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Encoders.ImageCnn;

/// <summary>
/// Convolutions with ReLU and 2 × 2 maxima, then a fully connected layer: hᵢ = max₂ₓ₂(relu(Wᵢ ∗ hᵢ₋₁ + bᵢ)), r = relu(W·flatten(h) + b). States are [batch, height, width, filters], the last one
/// [batch, units]. Source: LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", 1998.
/// </summary>
public sealed class ImageCnn(ImageCnnOptions options) : IEncoder
{
    public IReadOnlyList<ModalityKind> Takes => [ModalityKind.Image];

    public int Layers => Math.Max(1, options.Filters.Count + (options.Units > 0 ? 1 : 0));

    public Node Stem(ModelScope scope, ModelInputs inputs) => inputs.ChannelsLast();

    public Node Layer(ModelScope scope, ModelInputs inputs, int layer, Node state)
    {
        var part = scope.In($"layer{layer + 1}");
        if (layer < options.Filters.Count)
        {
            // The maximum first: ReLU of the greatest is the greatest ReLU, of a quarter of the elements.
            var filters = options.Filters[layer];
            var patches = state.Neighbours(1, options.Kernel).Neighbours(2, options.Kernel);
            return part.Linear(patches, filters, Initializers.He((int)patches.Shape[^1].Value)).HalvedByMaximum().Relu();
        }

        if (options.Units == 0)
            return state;
        var flat = state.Flatten();
        return part.Dropout(part.Linear(flat, options.Units, Initializers.He((int)flat.Shape[1].Value)).Relu(), options.Dropout);
    }

    public Node Pool(ModelInputs inputs, Node state) => state.Shape.Rank == 2 ? state : state.Flatten();
}
