using Mtl.Core.Signatures;
using Mtl.Graph;

namespace Mtl.Learning.Preprocessing.Tokenizers;

/// <summary>A column of texts as token ids: 0 beyond the text's end, 1 for what the vocabulary lacks, then an id for each token of the vocabulary.</summary>
/// <param name="Name">The column.</param>
/// <param name="Vocabulary">The token of each id from <see cref="FirstToken"/> on.</param>
/// <param name="MaximumTokens">Tokens of each row; those of a longer text are left out from there on.</param>
public abstract record TokenizedColumn(string Name, IReadOnlyList<string> Vocabulary, int MaximumTokens) : InputColumn(Name)
{
    /// <summary>The id beyond a text's end.</summary>
    public const long Padding = 0;

    /// <summary>The id of what the vocabulary lacks.</summary>
    public const long Unknown = 1;

    /// <summary>The id of the vocabulary's first token.</summary>
    public const long FirstToken = 2;

    /// <summary>Number of ids.</summary>
    public int Count => Vocabulary.Count + (int)FirstToken;

    /// <summary>What travels in the exported model's metadata.</summary>
    public abstract TokenizerDescription DescribeTokenizer();

    /// <summary>From the raw column to int64 [batch, <see cref="MaximumTokens"/>].</summary>
    public abstract Node Ids(Node raw);

    public override ModelInput Describe() => new(Name, InputKind.Text) { MaximumTokens = MaximumTokens };
}
