using Mtl.Core.Catalogue;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Preprocessing.Tokenizers.BytePair;
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
        {
            "byte-pair", "Byte-pair encoding",
            "Parts of words, learned by merging frequent neighbours; rare words keep meaning. The exported model takes ids, which the platform makes of texts.",
            "tokens = characters of each word; repeat: (a, b) = the most frequent pair of neighbours, a b → ab",
            "Sennrich, Haddow and Birch, Neural Machine Translation of Rare Words with Subword Units, ACL 2016",
            (BytePairOptions options) => new BytePairTokenizer(options)
        },
    };
}
