using System.Security.Cryptography;
using System.Text.Json;
using Mtl.Learning.Preprocessing;
using Mtl.Learning.Preprocessing.Tokenizers;

namespace Mtl.Learning.Export;

/// <summary>
/// What a trained trunk relies on of each input column, in a word: a number, or a digest of the texts that its ids stand for, in their order. It travels in the ONNX file's metadata as a JSON object under
/// <see cref="MetadataKey"/>, so that another experiment finds out whether it may take over the trunk.
/// </summary>
internal static class InputMeanings
{
    public const string MetadataKey = "mtl.inputs";

    /// <summary>By column, in the inputs' order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(FeaturePlan features) => [.. features.Columns.Select(column => KeyValuePair.Create(column.Name, column switch
    {
        CategoricalInput categories => Digest("categories", categories.Vocabulary),
        TokenizedColumn tokens => Digest("tokens", tokens.Vocabulary),
        _ => "number",
    }))];

    public static string Write(FeaturePlan features) => JsonSerializer.Serialize(Of(features).ToDictionary());

    /// <exception cref="JsonException">It is no such object.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string json) => [.. JsonSerializer.Deserialize<Dictionary<string, string>>(json)!];

    private static string Digest(string kind, IReadOnlyList<string> texts) => $"{kind} {Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(texts)))}";
}
