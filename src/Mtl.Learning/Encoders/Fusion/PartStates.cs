using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Encoders.Fusion;

/// <summary>What the fusions make of the modalities before they meet.</summary>
internal static class PartStates
{
    public static IReadOnlyList<ModalityKind> Kinds(this IReadOnlyList<EncodedPart> parts) => [.. parts.SelectMany(part => part.Encoder.Takes).Distinct()];

    /// <summary>Each modality read by its whole encoder: [batch, n] each.</summary>
    public static Node[] Encoded(this IReadOnlyList<EncodedPart> parts, ModelScope scope, ModelInputs inputs) =>
        [.. parts.With(inputs).Select(part => part.Encoder.Pool(part.Inputs, part.Encoder.Encode(scope.In(part.Name), part.Inputs)))];

    /// <summary>Each modality's features as its encoder's stem gives them, in one row: images and series flattened, a text the mean of its tokens' vectors.</summary>
    public static Node[] Features(this IReadOnlyList<EncodedPart> parts, ModelScope scope, ModelInputs inputs) =>
        [.. parts.With(inputs).Select(part => Row(part.Encoder.Stem(scope.In(part.Name), part.Inputs), part.Inputs))];

    /// <summary>The encoded modalities projected to one width and stacked, [batch, modalities, width].</summary>
    public static Node Stacked(this IReadOnlyList<EncodedPart> parts, ModelScope scope, ModelInputs inputs, int width) =>
        parts.Encoded(scope, inputs).Zip(parts, (state, part) => scope.In(part.Name).In("projection").Linear(state, width).Unsqueeze(1)).ToArray().Concat(1);

    private static Node Row(Node stem, ModelInputs inputs) => (inputs.Tokens, stem.Shape.Rank) switch
    {
        (_, 2) => stem,
        ({ } tokens, 3) => stem.MaskedMean(tokens),
        _ => stem.Flatten(),
    };

    private static IEnumerable<(string Name, IEncoder Encoder, ModelInputs Inputs)> With(this IReadOnlyList<EncodedPart> parts, ModelInputs inputs) => inputs.Parts.Count == parts.Count
        ? parts.Zip(inputs.Parts, (part, own) => (part.Name, part.Encoder, own.Inputs))
        : throw new InvalidOperationException($"The inputs have {inputs.Parts.Count} parts, the encoder {parts.Count}.");
}
