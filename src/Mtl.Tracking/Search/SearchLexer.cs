using System.Text;
using Mtl.Core;

namespace Mtl.Tracking.Search;

/// <summary>
/// Cuts a filter or an order into tokens. Within quotes a doubled quote stands for one. Words hold letters, digits and <c>_</c>; behind a full stop, where the key of a metric, a parameter or a tag
/// stands, also <c>. - / ~ :</c>, so that <c>metrics.income/val_loss</c> needs no quotes.
/// </summary>
internal static class SearchLexer
{
    private const string KeyCharacters = ".-/~:";

    private static readonly string[] Symbols = ["!=", "<>", "<=", ">=", "==", "=", "<", ">", "(", ")", ",", "."];

    private static readonly Dictionary<char, SearchTokenKind> Quotes = new()
    {
        ['\''] = SearchTokenKind.SingleQuotes,
        ['"'] = SearchTokenKind.DoubleQuotes,
        ['`'] = SearchTokenKind.Backticks,
    };

    /// <summary>The tokens with an <see cref="SearchTokenKind.End"/> at the end, or Invalid with where the text breaks off.</summary>
    /// <param name="text">The filter or order.</param>
    /// <param name="noun">What it is, for errors.</param>
    public static Result<IReadOnlyList<SearchToken>> Cut(string text, string noun)
    {
        var tokens = new List<SearchToken>();
        var at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var next = Next(text, at, isKey: tokens is [.., { Kind: SearchTokenKind.Symbol, Text: "." } stop] && stop.EndsAt == at);
            if (next is not { } token)
            {
                return Error.Invalid(Quotes.ContainsKey(text[at])
                    ? $"Invalid {noun} '{text}'. The quote ({text[at]}) at character {at + 1} is not closed."
                    : $"Invalid {noun} '{text}'. Unexpected '{text[at]}' at character {at + 1}.");
            }

            tokens.Add(token);
            at = token.EndsAt;
        }

        tokens.Add(new SearchToken(SearchTokenKind.End, "", text.Length, 0));
        return tokens;
    }

    private static SearchToken? Next(string text, int at, bool isKey)
    {
        if (Quotes.TryGetValue(text[at], out var kind))
            return Quoted(text, at, kind);
        if (isKey && IsWord(text[at]))
            return Run(text, at, SearchTokenKind.Word, character => IsWord(character) || KeyCharacters.Contains(character, StringComparison.Ordinal));
        if (NumberLength(text, at) is > 0 and var length)
            return new SearchToken(SearchTokenKind.Number, text.Substring(at, length), at, length);
        if (IsWord(text[at]))
            return Run(text, at, SearchTokenKind.Word, IsWord);
        return Symbols.FirstOrDefault(symbol => string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0) is { } found
            ? new SearchToken(SearchTokenKind.Symbol, found, at, found.Length)
            : null;
    }

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character == '_';

    private static SearchToken Run(string text, int at, SearchTokenKind kind, Func<char, bool> belongs)
    {
        var end = at;
        while (end < text.Length && belongs(text[end]))
            end++;
        return new SearchToken(kind, text[at..end], at, end - at);
    }

    private static SearchToken? Quoted(string text, int at, SearchTokenKind kind)
    {
        var quote = text[at];
        var content = new StringBuilder();
        for (var here = at + 1; here < text.Length; here++)
        {
            if (text[here] != quote)
            {
                content.Append(text[here]);
            }
            else if (here + 1 < text.Length && text[here + 1] == quote)
            {
                content.Append(quote);
                here++;
            }
            else
            {
                return new SearchToken(kind, content.ToString(), at, here + 1 - at);
            }
        }

        return null;
    }

    /// <summary>The length of the number that begins here: sign, digits, fraction, exponent. 0 for none, and for words that begin with a digit.</summary>
    private static int NumberLength(string text, int at)
    {
        var here = at;
        if (here < text.Length && text[here] is '-' or '+')
            here++;
        var whole = Digits(text, here);
        here += whole;
        var fraction = 0;
        if (here < text.Length && text[here] == '.')
        {
            fraction = Digits(text, here + 1);
            if (whole > 0 || fraction > 0)
                here += 1 + fraction;
        }

        if (whole + fraction == 0)
            return 0;
        if (here < text.Length && text[here] is 'e' or 'E')
        {
            var sign = here + 1 < text.Length && text[here + 1] is '-' or '+' ? 1 : 0;
            if (Digits(text, here + 1 + sign) is > 0 and var exponent)
                here += 1 + sign + exponent;
        }

        return here < text.Length && IsWord(text[here]) ? 0 : here - at;
    }

    private static int Digits(string text, int at)
    {
        var here = at;
        while (here < text.Length && char.IsAsciiDigit(text[here]))
            here++;
        return Math.Max(0, here - at);
    }
}
