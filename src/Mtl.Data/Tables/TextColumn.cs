namespace Mtl.Data.Tables;

/// <summary>Texts, coded by a vocabulary.</summary>
public sealed class TextColumn : Column
{
    /// <summary>The code of a missing value.</summary>
    public const int Missing = -1;

    /// <param name="name">The column's name.</param>
    /// <param name="codes">One per row: the text's place in the vocabulary, or <see cref="Missing"/>. Kept, not copied.</param>
    /// <param name="vocabulary">The different texts; none is empty. Kept, not copied.</param>
    public TextColumn(string name, int[] codes, string[] vocabulary)
        : base(name, ColumnType.Text)
    {
        if (Array.Exists(codes, code => code < Missing || code >= vocabulary.Length))
            throw new ArgumentException($"Column '{name}' has a code beyond its vocabulary of {vocabulary.Length} texts.", nameof(codes));
        Codes = codes;
        Vocabulary = vocabulary;
        MissingCount = codes.Count(code => code == Missing);
    }

    /// <summary>One per row: the text's place in <see cref="Vocabulary"/>, or <see cref="Missing"/>.</summary>
    public int[] Codes { get; }

    /// <summary>The different texts, in order of first appearance in the table that was read.</summary>
    public string[] Vocabulary { get; }

    public override int Count => Codes.Length;

    public override int MissingCount { get; }

    /// <summary>Codes texts by first appearance; null and empty texts are missing.</summary>
    public static TextColumn Of(string name, IEnumerable<string?> texts)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        var codes = texts.Select(text => string.IsNullOrEmpty(text) ? Missing : vocabulary.TryGetValue(text, out var code) ? code : vocabulary[text] = vocabulary.Count).ToArray();
        return new TextColumn(name, codes, [.. vocabulary.OrderBy(entry => entry.Value).Select(entry => entry.Key)]);
    }

    public override bool IsMissing(int row) => Codes[row] == Missing;

    public override string TextAt(int row) => Codes[row] is var code && code == Missing ? "" : Vocabulary[code];

    public override TextColumn AsText() => this;

    public override TextColumn Take(ReadOnlySpan<int> rows)
    {
        var codes = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            codes[i] = Codes[rows[i]];
        return new TextColumn(Name, codes, Vocabulary);
    }

    public override TextColumn Where(Func<int, bool> isKept) => new(Name, [.. Codes.Select((code, row) => isKept(row) ? code : Missing)], Vocabulary);

    /// <summary>Rows of each text of the vocabulary.</summary>
    public int[] Counts()
    {
        var counts = new int[Vocabulary.Length];
        foreach (var code in Codes)
        {
            if (code != Missing)
                counts[code]++;
        }

        return counts;
    }
}
