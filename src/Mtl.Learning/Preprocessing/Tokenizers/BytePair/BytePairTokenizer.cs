using Mtl.Core.Text;

namespace Mtl.Learning.Preprocessing.Tokenizers.BytePair;

/// <summary>
/// Learns which pairs of neighbouring tokens to merge: starting from single characters, the pair that most training words have becomes a token, again and again, until the vocabulary is full or no
/// pair occurs twice. A word counts as often as training rows have it; of equally frequent pairs the first in ordinal order is taken. Frequent words end as one token, rare ones as parts, and only
/// characters that no training row has are unknown. Source: Sennrich, Haddow and Birch, "Neural Machine Translation of Rare Words with Subword Units", ACL 2016.
/// </summary>
public sealed class BytePairTokenizer(BytePairOptions options) : ITokenizer
{
    public TokenizedColumn Fit(string column, IReadOnlyList<(string Text, int Rows)> texts)
    {
        var words = Words(texts);
        var tokens = words.SelectMany(word => word.Tokens.Distinct().Select(token => (Token: token, word.Count)))
            .GroupBy(entry => entry.Token, StringComparer.Ordinal)
            .OrderByDescending(group => group.Sum(entry => entry.Count))
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Key)
            .Take(options.VocabularySize)
            .ToList();
        var known = tokens.ToHashSet(StringComparer.Ordinal);
        var pairs = new PairCounts(words);
        var merges = new List<string>();
        while (tokens.Count < options.VocabularySize && pairs.MostFrequent() is var (left, right))
        {
            merges.Add($"{left} {right}");
            pairs.Merge(left, right);
            if (known.Add(left + right))
                tokens.Add(left + right);
        }

        return new BytePairColumn(column, tokens, merges, options.LowerCase, options.MaximumTokens);
    }

    private List<BytePairWord> Words(IReadOnlyList<(string Text, int Rows)> texts)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (text, rows) in texts)
            foreach (var word in (options.LowerCase ? AsciiLetters.Lowered(text) : text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                counts[word] = counts.GetValueOrDefault(word) + rows;
        return [.. counts.Select(entry => new BytePairWord(BytePairCodec.Characters(entry.Key), entry.Value))];
    }
}
