using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Encoders.Fusion;

/// <summary>
/// Features joined before anything is learned of each modality alone: h₀ = [x₁, x₂, …], hᵢ = dropout(relu(hᵢ₋₁·Wᵢ + bᵢ)). xₘ is what the stem of the modality's encoder gives (numbers and embedded categories, the
/// pixels, the values of a series, a text as the mean of its embedded tokens); the encoders' layers are not used. Source: Baltrušaitis, Ahuja and Morency, "Multimodal Machine Learning: A Survey and Taxonomy", TPAMI
/// 2019, section 6.1; seed document S2, point 4.
/// </summary>
public sealed class EarlyFusion(EarlyFusionOptions options, IReadOnlyList<EncodedPart> parts) : IEncoder
{
    public IReadOnlyList<ModalityKind> Takes => parts.Kinds();

    public int Layers => options.Widths.Count;

    public Node Stem(ModelScope scope, ModelInputs inputs) => parts.Features(scope, inputs).Concat(1);

    public Node Layer(ModelScope scope, ModelInputs inputs, int layer, Node state)
    {
        var part = scope.In($"joined{layer + 1}");
        return part.Dropout(part.Linear(state, options.Widths[layer], Initializers.He((int)state.Shape[1].Value)).Relu(), options.Dropout);
    }

    public Node Pool(ModelInputs inputs, Node state) => state;
}
