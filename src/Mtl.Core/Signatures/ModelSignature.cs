namespace Mtl.Core.Signatures;

/// <summary>What an exported model takes and gives. It travels in the ONNX file's metadata as JSON under <see cref="MetadataKey"/>.</summary>
public sealed record ModelSignature(IReadOnlyList<ModelInput> Inputs, IReadOnlyList<ModelOutput> Outputs)
{
    public const string MetadataKey = "mtl.signature";
}
