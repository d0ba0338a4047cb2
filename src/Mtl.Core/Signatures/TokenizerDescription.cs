namespace Mtl.Core.Signatures;

/// <summary>A text input's tokenizer. It travels in the ONNX file's metadata as JSON under <see cref="MetadataPrefix"/> and the input's name.</summary>
/// <param name="Key">Its key in the catalogue: <c>words</c> or <c>byte-pair</c>.</param>
/// <param name="LowerCase">Whether A to Z are made small first.</param>
/// <param name="MaximumTokens">Tokens of each row.</param>
/// <param name="Tokens">The token of each id from 2 on; 0 is padding, 1 what is unknown.</param>
public sealed record TokenizerDescription(string Key, bool LowerCase, int MaximumTokens, IReadOnlyList<string> Tokens)
{
    public const string MetadataPrefix = "mtl.tokenizer.";

    /// <summary>Byte-pair: the pairs that are merged, in this order, each as its two tokens with a space between; empty for words.</summary>
    public IReadOnlyList<string> Merges { get; init; } = [];
}
