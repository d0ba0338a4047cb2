using System.Security.Cryptography;
using System.Text.Json;
using Mtl.Learning.Preprocessing;
using Mtl.Learning.Preprocessing.Tokenizers;

namespace Mtl.Learning.Export;

/// <summary>
/// What a trained trunk relies on of each input column, in words: which features the column becomes, and a digest of the texts that its ids stand for, in their order. It travels in the ONNX file's metadata as a JSON object under
/// <see cref="MetadataKey"/>, so that another experiment finds out whether it may take over the trunk. Means, deviations and edges of bins are no part of it: a trunk that is taken over, frozen too, gets
/// numbers standardised and binned by the new experiment's training rows.
/// </summary>
internal static class InputMeanings
{
    public const string MetadataKey = "mtl.inputs";

    /// <summary>By column, in the inputs' order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(FeaturePlan features) => [.. features.Columns.Select(column => KeyValuePair.Create(column.Name, column switch
    {
        CategoricalInput categories => Digest(
            $"categories {(categories.IsEmbedded ? "embedded" : "one-hot")}{(categories is { IsEmbedded: false, HadUnknown: true } ? " with unknown" : "")}", categories.Vocabulary),
        TokenizedColumn tokens => Digest("tokens", tokens.Vocabulary),
        NumericInput number => $"number{(number.HadMissing ? " with indicator" : "")}{(number.Edges.Count > 0 ? $" with {number.Edges.Count - 1} bins" : "")}",
        _ => throw new InvalidOperationException($"Unknown kind of input {column.GetType().Name}."),
    }))];

    public static string Write(FeaturePlan features) => JsonSerializer.Serialize(Of(features).ToDictionary());

    /// <exception cref="JsonException">It is no such object.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string json) => [.. JsonSerializer.Deserialize<Dictionary<string, string>>(json)!];

    private static string Digest(string kind, IReadOnlyList<string> texts) => $"{kind} {Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(texts)))}";
}
