using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Encoders.Fusion;

/// <summary>
/// Structure sharing: each modality's encoder is its stem, projected to one width, and one trunk with the same parameters for all reads each of them: h₀ₘ = Pₘ·pool(encoderₘ(xₘ)), hᵢₘ = relu(hᵢ₋₁ₘ·Wᵢ + bᵢ),
/// r = meanₘ hₗₘ. States are [batch, modalities, width]. Source: Aytar et al., "Cross-Modal Scene Networks", TPAMI 2018 (layers shared between modalities over layers of their own); seed document S2, point 4.
/// </summary>
public sealed class SharedTrunkFusion(SharedTrunkFusionOptions options, IReadOnlyList<EncodedPart> parts) : IEncoder
{
    public IReadOnlyList<ModalityKind> Takes => parts.Kinds();

    public int Layers => options.Layers;

    public Node Stem(ModelScope scope, ModelInputs inputs) => parts.Stacked(scope, inputs, options.Width);

    public Node Layer(ModelScope scope, ModelInputs inputs, int layer, Node state) =>
        scope.In($"trunk{layer + 1}").Linear(state, options.Width, Initializers.He(options.Width)).Relu();

    public Node Pool(ModelInputs inputs, Node state) => state.ReduceMean([1]);
}
