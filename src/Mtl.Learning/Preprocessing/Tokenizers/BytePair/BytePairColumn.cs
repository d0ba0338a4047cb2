using Mtl.Core.Signatures;
using Mtl.Core.Text;
using Mtl.Data.Tables;
using Mtl.Graph;
using Tensor = Mtl.Runtime.Tensor;

namespace Mtl.Learning.Preprocessing.Tokenizers.BytePair;

/// <summary>
/// Texts cut by <see cref="BytePairCodec"/>. ONNX has no operator for it, so the exported model takes ids, int64 [batch, tokens]; who serves it makes them of texts by the description in its metadata,
/// as the platform's own serving does.
/// </summary>
public sealed record BytePairColumn(string Name, IReadOnlyList<string> Vocabulary, IReadOnlyList<string> Merges, bool LowerCase, int MaximumTokens)
    : TokenizedColumn(Name, Vocabulary, MaximumTokens)
{
    public override Node MakeInput() => Node.Input(Name, ElementType.Int64, ["batch", MaximumTokens]);

    public override Node Ids(Node raw) => raw;

    public override Tensor Raw(Column column, int from, int count)
    {
        var codec = new BytePairCodec(DescribeTokenizer());
        var ids = new long[count * MaximumTokens];
        for (var row = 0; row < count; row++)
            codec.Encode(column.TextAt(from + row), ids.AsSpan(row * MaximumTokens, MaximumTokens));
        return Tensor.Of(ids, count, MaximumTokens);
    }

    public override TokenizerDescription DescribeTokenizer() => new(BytePairCodec.Key, LowerCase, MaximumTokens, Vocabulary) { Merges = Merges };
}
