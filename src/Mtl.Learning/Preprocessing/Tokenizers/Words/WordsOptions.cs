using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Preprocessing.Tokenizers.Words;

/// <summary>Options of <see cref="WordTokenizer"/>.</summary>
public sealed record WordsOptions
{
    [Description("Most words of the vocabulary, the most frequent ones of the training rows.")]
    [Range(1, 1_000_000)]
    public int VocabularySize { get; init; } = 10_000;

    [Description("Training rows that must have a word for it to enter the vocabulary.")]
    [Range(1, 1_000_000)]
    public int MinimumCount { get; init; } = 1;

    [Description("Whether A to Z are made small first; other letters stay as they are.")]
    public bool LowerCase { get; init; } = true;

    [Description("Tokens read of each text; what comes after them is left out.")]
    [Range(1, 4096)]
    public int MaximumTokens { get; init; } = 64;
}
