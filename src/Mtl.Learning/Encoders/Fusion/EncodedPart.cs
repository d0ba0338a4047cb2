namespace Mtl.Learning.Encoders.Fusion;

/// <summary>The encoder of one part of the inputs.</summary>
/// <param name="Name">The modality, or <c>columns</c>.</param>
/// <param name="Encoder">What reads it.</param>
public sealed record EncodedPart(string Name, IEncoder Encoder);

/// <summary>Makes one encoder of several modalities' encoders, given in the order of <c>ModelInputs.Parts</c>.</summary>
public delegate IEncoder MakeFusion(IReadOnlyList<EncodedPart> parts);
