using Mtl.Core.Signatures;
using Mtl.Graph;

namespace Mtl.Learning.Preprocessing.Tokenizers.Words;

/// <summary>
/// Texts cut at spaces, in the graph: StringNormalizer, StringSplit, LabelEncoder, then padded and cut to the same number of tokens. So the exported model takes texts, and what made the training
/// rows' ids makes those of served ones.
/// </summary>
public sealed record WordColumn(string Name, IReadOnlyList<string> Vocabulary, bool LowerCase, int MaximumTokens) : TokenizedColumn(Name, Vocabulary, MaximumTokens)
{
    public override Node Ids(Node raw)
    {
        var texts = raw.Reshape([raw.Shape[0]]);
        var words = (LowerCase ? texts.LowerCase() : texts).SplitWords();
        return words
            .EncodeLabels(["", .. Vocabulary], [Padding, .. Enumerable.Range(0, Vocabulary.Count).Select(word => word + FirstToken)], Unknown)
            .Pad(1, 0, MaximumTokens)
            .Slice(1, 0, MaximumTokens);
    }

    public override TokenizerDescription DescribeTokenizer() => new("words", LowerCase, MaximumTokens, Vocabulary);
}
