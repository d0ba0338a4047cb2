using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Encoders.ResNet;

/// <summary>
/// A small residual network: a convolution, then blocks h ← relu(s(h) + norm(W₂ ∗ relu(norm(W₁ ∗ h)))), where s is the identity, or a product with a matrix where the number of filters changes, after
/// 2 × 2 maxima at a new stage; pooled by the mean over all places. Normalised over the filters of each place (layer normalisation) instead of over the batch, so that training and serving
/// compute the same. A layer is a block; states are [batch, height, width, filters]. Source: He, Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition", CVPR 2016.
/// </summary>
public sealed class ResNet(ResNetOptions options) : IEncoder
{
    private const int Kernel = 3;

    public IReadOnlyList<ModalityKind> Takes => [ModalityKind.Image];

    public int Layers => Math.Max(1, options.Stages.Count * options.Blocks);

    public Node Stem(ModelScope scope, ModelInputs inputs)
    {
        var part = scope.In("stem");
        return options.Stages.Count == 0
            ? inputs.ChannelsLast()
            : part.In("norm").Norm(Convolution(part, inputs.ChannelsLast(), options.Stages[0])).Relu();
    }

    public Node Layer(ModelScope scope, ModelInputs inputs, int layer, Node state)
    {
        if (options.Stages.Count == 0)
            return state;
        var part = scope.In($"layer{layer + 1}");
        var stage = layer / options.Blocks;
        var filters = options.Stages[stage];
        var entered = stage > 0 && layer % options.Blocks == 0 ? state.HalvedByMaximum() : state;
        var inner = part.In("norm1").Norm(Convolution(part.In("convolution1"), entered, filters)).Relu();
        var residual = part.In("norm2").Norm(Convolution(part.In("convolution2"), inner, filters));
        var shortcut = entered.Shape[^1] == filters ? entered : part.In("shortcut").Linear(entered, filters);
        return (shortcut + residual).Relu();
    }

    public Node Pool(ModelInputs inputs, Node state) => state.ReduceMean([1, 2]);

    private static Node Convolution(ModelScope scope, Node state, int filters)
    {
        var patches = state.Neighbours(1, Kernel).Neighbours(2, Kernel);
        return scope.Linear(patches, filters, Initializers.He((int)patches.Shape[^1].Value));
    }
}
