namespace Mtl.Tracking.Search;

internal enum SearchTokenKind
{
    /// <summary>A bare word: an entity, a key, a keyword.</summary>
    Word,

    /// <summary>In backticks; a key only.</summary>
    Backticks,

    /// <summary>In double quotes: a key where a key stands, a text where a value stands.</summary>
    DoubleQuotes,

    /// <summary>In single quotes; a text only.</summary>
    SingleQuotes,
    Number,

    /// <summary>A comparator, a parenthesis, a comma, a full stop.</summary>
    Symbol,
    End,
}

/// <summary>One token of a filter or an order.</summary>
/// <param name="Text">Without its quotes; as written for a number.</param>
/// <param name="Position">Of its first character, from 0.</param>
/// <param name="Length">Characters it takes up, quotes included.</param>
internal readonly record struct SearchToken(SearchTokenKind Kind, string Text, int Position, int Length)
{
    public int EndsAt => Position + Length;

    public bool IsWord(string word) => Kind == SearchTokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(string symbol) => Kind == SearchTokenKind.Symbol && Text == symbol;

    public bool IsText => Kind is SearchTokenKind.SingleQuotes or SearchTokenKind.DoubleQuotes;
}
