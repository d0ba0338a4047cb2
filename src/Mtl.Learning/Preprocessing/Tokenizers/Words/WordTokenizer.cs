using Mtl.Core.Text;

namespace Mtl.Learning.Preprocessing.Tokenizers.Words;

/// <summary>
/// A token is what stands between spaces, so that the operators of ONNX can cut it (<see cref="WordColumn"/>): punctuation and line breaks stay with the word they touch unless the text has spaces
/// around them. The vocabulary is the most frequent words by the number of training rows that have them; equally frequent ones in ordinal order.
/// </summary>
public sealed class WordTokenizer(WordsOptions options) : ITokenizer
{
    public TokenizedColumn Fit(string column, IReadOnlyList<(string Text, int Rows)> texts)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (text, rows) in texts)
            foreach (var word in Split(text, options.LowerCase).Distinct(StringComparer.Ordinal))
                counts[word] = counts.GetValueOrDefault(word) + rows;
        string[] vocabulary =
        [
            .. counts
                .Where(entry => entry.Value >= options.MinimumCount)
                .OrderByDescending(entry => entry.Value)
                .ThenBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => entry.Key)
                .Take(options.VocabularySize),
        ];
        return new WordColumn(column, vocabulary, options.LowerCase, options.MaximumTokens);
    }

    /// <summary>What the graph's operators make of a text.</summary>
    internal static string[] Split(string text, bool lowerCase) => (lowerCase ? AsciiLetters.Lowered(text) : text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
