using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Encoders;

/// <summary>The encoder of one part of the inputs.</summary>
/// <param name="Name">The modality, or <c>columns</c>.</param>
/// <param name="Encoder">What reads it.</param>
public sealed record EncodedPart(string Name, IEncoder Encoder);

/// <summary>
/// Several modalities joined late: each is read by an encoder of its own, r = [pool(encoder₁(x₁)), pool(encoder₂(x₂)), …], and one fully connected layer with ReLU mixes them, as wide as
/// the parts' mean. Source: Ngiam et al., "Multimodal Deep Learning", ICML 2011.
/// </summary>
public sealed class JoinedEncoder(IReadOnlyList<EncodedPart> parts) : IEncoder
{
    /// <summary>In the order of <see cref="ModelInputs.Parts"/>.</summary>
    public IReadOnlyList<EncodedPart> Parts => parts;

    public IReadOnlyList<ModalityKind> Takes => [.. parts.SelectMany(part => part.Encoder.Takes).Distinct()];

    public int Layers => 1;

    public Node Stem(ModelScope scope, ModelInputs inputs) => Pooled(scope, inputs).Concat(1);

    public Node Layer(ModelScope scope, ModelInputs inputs, int layer, Node state)
    {
        var inputWidth = (int)state.Shape[1].Value;
        return scope.In("joined").Linear(state, (inputWidth + parts.Count - 1) / parts.Count, Initializers.He(inputWidth)).Relu();
    }

    public Node Pool(ModelInputs inputs, Node state) => state;

    private Node[] Pooled(ModelScope scope, ModelInputs inputs)
    {
        if (inputs.Parts.Count != parts.Count)
            throw new InvalidOperationException($"The inputs have {inputs.Parts.Count} parts, the encoder {parts.Count}.");
        return [.. parts.Zip(inputs.Parts, (part, own) => part.Encoder.Pool(own.Inputs, part.Encoder.Encode(scope.In(part.Name), own.Inputs)))];
    }
}
