using Mtl.Core.Signatures;

namespace Mtl.Core.Text;

/// <summary>
/// Cuts texts into byte-pair tokens: each word (what stands between spaces) as its characters, the last one with <see cref="WordEnd"/>; then, as long as neighbours are among the merges, the pair that
/// was learned first becomes one. Training and serving both use it, since ONNX has no operator for it. Thread-safe.
/// Source: Sennrich, Haddow and Birch, "Neural Machine Translation of Rare Words with Subword Units", ACL 2016.
/// </summary>
public sealed class BytePairCodec
{
    /// <summary>The key of such tokenizers.</summary>
    public const string Key = "byte-pair";

    /// <summary>Marks a token that ends a word.</summary>
    public const string WordEnd = "</w>";

    private const long Unknown = 1;
    private const long FirstToken = 2;

    private readonly TokenizerDescription description;
    private readonly Dictionary<string, long> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Left, string Right), int> ranks = [];

    /// <exception cref="ArgumentException">A merge is no pair.</exception>
    public BytePairCodec(TokenizerDescription description)
    {
        this.description = description;
        for (var token = 0; token < description.Tokens.Count; token++)
            ids[description.Tokens[token]] = token + FirstToken;
        for (var rank = 0; rank < description.Merges.Count; rank++)
        {
            var pair = description.Merges[rank].Split(' ');
            if (pair.Length != 2)
                throw new ArgumentException($"The merge '{description.Merges[rank]}' is no pair of tokens with a space between.", nameof(description));
            ranks.TryAdd((pair[0], pair[1]), rank);
        }
    }

    public int MaximumTokens => description.MaximumTokens;

    /// <summary>Writes a text's ids: 0 beyond its end, 1 for what the vocabulary lacks.</summary>
    /// <param name="text">The text; empty when missing.</param>
    /// <param name="target">As many as <see cref="MaximumTokens"/>.</param>
    public void Encode(string text, Span<long> target)
    {
        target.Clear();
        var written = 0;
        foreach (var word in (description.LowerCase ? AsciiLetters.Lowered(text) : text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var token in Tokens(word))
            {
                if (written == target.Length)
                    return;
                target[written++] = ids.GetValueOrDefault(token, Unknown);
            }
        }
    }

    /// <summary>A word as single characters, the last one marked as its end.</summary>
    public static List<string> Characters(string word)
    {
        var characters = word.EnumerateRunes().Select(rune => rune.ToString()).ToList();
        characters[^1] += WordEnd;
        return characters;
    }

    private List<string> Tokens(string word)
    {
        var tokens = Characters(word);
        while (tokens.Count > 1)
        {
            var (best, place) = (int.MaxValue, -1);
            for (var i = 0; i + 1 < tokens.Count; i++)
                if (ranks.TryGetValue((tokens[i], tokens[i + 1]), out var rank) && rank < best)
                    (best, place) = (rank, i);
            if (place < 0)
                return tokens;
            tokens[place] += tokens[place + 1];
            tokens.RemoveAt(place + 1);
        }

        return tokens;
    }
}
