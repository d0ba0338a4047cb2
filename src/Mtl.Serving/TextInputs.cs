using System.Text.Json;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Core.Signatures;
using Mtl.Core.Text;
using Mtl.Runtime;

namespace Mtl.Serving;

/// <summary>The inputs that callers give as texts and the model takes as token ids: those whose tokenizer no operator of ONNX computes. Their vocabularies are in the model's metadata.</summary>
internal sealed class TextInputs
{
    private readonly Dictionary<string, BytePairCodec> codecs;

    private TextInputs(Dictionary<string, BytePairCodec> codecs) => this.codecs = codecs;

    public static Result<TextInputs> Of(Executable model)
    {
        var codecs = new Dictionary<string, BytePairCodec>();
        foreach (var (key, json) in model.Metadata.Where(entry => entry.Key.StartsWith(TokenizerDescription.MetadataPrefix, StringComparison.Ordinal)))
        {
            try
            {
                var description = DefinitionJson.ReadStored<TokenizerDescription>(json);
                if (description.Key == BytePairCodec.Key)
                    codecs.Add(key[TokenizerDescription.MetadataPrefix.Length..], new BytePairCodec(description));
            }
            catch (Exception e) when (e is JsonException or ArgumentException)
            {
                return Error.Invalid($"Model '{model.Name}' has a tokenizer in its metadata ('{key}') that can't be read: {e.Message}", "Export it again.");
            }
        }

        return new TextInputs(codecs);
    }

    public bool Contains(string input) => codecs.ContainsKey(input);

    /// <summary>The inputs as the model takes them.</summary>
    public IReadOnlyDictionary<string, Tensor> Encode(IReadOnlyDictionary<string, Tensor> inputs) => codecs.Count == 0
        ? inputs
        : inputs.ToDictionary(input => input.Key, input => codecs.TryGetValue(input.Key, out var codec) ? Encode(codec, input.Value.Values<string>()) : input.Value);

    private static Tensor<long> Encode(BytePairCodec codec, string[] texts)
    {
        var ids = new long[texts.Length * codec.MaximumTokens];
        for (var row = 0; row < texts.Length; row++)
            codec.Encode(texts[row], ids.AsSpan(row * codec.MaximumTokens, codec.MaximumTokens));
        return Tensor.Of(ids, texts.Length, codec.MaximumTokens);
    }
}
