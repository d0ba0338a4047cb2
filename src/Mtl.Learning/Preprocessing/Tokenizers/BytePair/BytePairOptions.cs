using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Preprocessing.Tokenizers.BytePair;

/// <summary>Options of <see cref="BytePairTokenizer"/>.</summary>
public sealed record BytePairOptions
{
    [Description("Most tokens of the vocabulary, the single characters included.")]
    [Range(2, 100_000)]
    public int VocabularySize { get; init; } = 2000;

    [Description("Whether A to Z are made small first; other letters stay as they are.")]
    public bool LowerCase { get; init; } = true;

    [Description("Tokens read of each text; what comes after them is left out.")]
    [Range(1, 4096)]
    public int MaximumTokens { get; init; } = 128;
}
