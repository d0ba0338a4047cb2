using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Encoders.Fusion;

/// <summary>
/// Each row decides how much it listens to each modality: with hₘ = Pₘ·pool(encoderₘ(xₘ)), α = softmaxₘ(vᵀ tanh(hₘ·A + a)), r = relu((Σₘ αₘ·hₘ)·W + b). The stem's state is [batch, modalities, width], the layer's
/// [batch, width]. Source: Hori et al., "Attention-Based Multimodal Fusion for Video Description", ICCV 2017; seed document S2, point 4.
/// </summary>
public sealed class AttentionFusion(AttentionFusionOptions options, IReadOnlyList<EncodedPart> parts) : IEncoder
{
    public IReadOnlyList<ModalityKind> Takes => parts.Kinds();

    public int Layers => 1;

    public Node Stem(ModelScope scope, ModelInputs inputs) => parts.Stacked(scope, inputs, options.Width);

    public Node Layer(ModelScope scope, ModelInputs inputs, int layer, Node state)
    {
        var part = scope.In("attention");
        var scores = part.In("score").Linear(part.In("hidden").Linear(state, options.Width).Tanh(), 1);
        var heard = (scores.Softmax(1) * state).ReduceSum([1]);
        return scope.In("joined").Linear(heard, options.Width, Initializers.He(options.Width)).Relu();
    }

    public Node Pool(ModelInputs inputs, Node state) => state;
}
