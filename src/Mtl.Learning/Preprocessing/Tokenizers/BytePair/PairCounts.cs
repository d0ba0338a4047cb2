namespace Mtl.Learning.Preprocessing.Tokenizers.BytePair;

/// <summary>A word of the training rows as it is cut so far, and how often it occurs.</summary>
internal sealed record BytePairWord(List<string> Tokens, long Count);

/// <summary>How often each pair of neighbouring tokens occurs, kept up to date while pairs are merged.</summary>
internal sealed class PairCounts
{
    private readonly IReadOnlyList<BytePairWord> words;
    private readonly Dictionary<(string Left, string Right), long> counts = [];
    private readonly Dictionary<(string Left, string Right), HashSet<int>> places = [];

    public PairCounts(IReadOnlyList<BytePairWord> words)
    {
        this.words = words;
        for (var word = 0; word < words.Count; word++)
            Count(word, 1);
    }

    /// <summary>The most frequent pair, the first in ordinal order of several; null when none occurs twice.</summary>
    public (string Left, string Right)? MostFrequent()
    {
        ((string Left, string Right) Pair, long Count) best = (("", ""), 1);
        foreach (var (pair, count) in counts)
            if (count > best.Count || (count == best.Count && count > 1 && Compare(pair, best.Pair) < 0))
                best = (pair, count);
        return best.Count > 1 ? best.Pair : null;
    }

    /// <summary>Makes one token of a pair wherever it stands.</summary>
    public void Merge(string left, string right)
    {
        foreach (var word in places[(left, right)].ToArray())
        {
            Count(word, -1);
            var tokens = words[word].Tokens;
            for (var i = 0; i + 1 < tokens.Count; i++)
            {
                if (tokens[i] != left || tokens[i + 1] != right)
                    continue;
                tokens[i] = left + right;
                tokens.RemoveAt(i + 1);
            }

            Count(word, 1);
        }
    }

    private void Count(int word, int sign)
    {
        var (tokens, count) = words[word];
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            var pair = (tokens[i], tokens[i + 1]);
            var total = counts[pair] = counts.GetValueOrDefault(pair) + (sign * count);
            if (total == 0)
                counts.Remove(pair);
            if (!places.TryGetValue(pair, out var where))
                places.Add(pair, where = []);
            if (sign > 0)
                where.Add(word);
            else
                where.Remove(word);
        }
    }

    private static int Compare((string Left, string Right) a, (string Left, string Right) b) =>
        string.CompareOrdinal(a.Left, b.Left) is var left and not 0 ? left : string.CompareOrdinal(a.Right, b.Right);
}
