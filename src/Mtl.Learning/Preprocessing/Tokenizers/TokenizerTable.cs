using Mtl.Core.Catalogue;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Preprocessing.Tokenizers.Words;

namespace Mtl.Learning.Preprocessing.Tokenizers;

/// <summary>The tokenizers, a row each.</summary>
public static class TokenizerTable
{
    public static MethodTable<ITokenizer> Methods { get; } = new(MethodKind.Tokenizer)
    {
        {
            "words", "Words",
            "A token is what stands between spaces; cut in the exported model itself, which takes texts.",
            "tokens = split(lower(text), ' ')\nid = place in the vocabulary of the training rows' most frequent words",
            "ONNX operators StringNormalizer, StringSplit (opset 20) and LabelEncoder",
            (WordsOptions options) => new WordTokenizer(options)
        },
    };
}
