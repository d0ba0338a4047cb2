using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Encoders.Fusion;

/// <summary>
/// Heterogeneous models joined late: each modality is read by an encoder of its own, x = [pool(encoder₁(x₁)), pool(encoder₂(x₂)), …], and one fully connected layer mixes them, r = relu(x·W + b).
/// Source: Ngiam et al., "Multimodal Deep Learning", ICML 2011; seed document S2, point 4.
/// </summary>
public sealed class LateFusion(LateFusionOptions options, IReadOnlyList<EncodedPart> parts) : IEncoder
{
    public IReadOnlyList<ModalityKind> Takes => parts.Kinds();

    public int Layers => 1;

    public Node Stem(ModelScope scope, ModelInputs inputs) => parts.Encoded(scope, inputs).Concat(1);

    public Node Layer(ModelScope scope, ModelInputs inputs, int layer, Node state)
    {
        var joined = (int)state.Shape[1].Value;
        var width = options.Width > 0 ? options.Width : (joined + parts.Count - 1) / parts.Count;
        return scope.In("joined").Linear(state, width, Initializers.He(joined)).Relu();
    }

    public Node Pool(ModelInputs inputs, Node state) => state;
}
