using Mtl.Data.Tables;

namespace Mtl.Learning.Preprocessing.Targets;

/// <summary>A label column as indices into its different labels: numbers in their order, texts in ordinal order.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Labels">The different labels.</param>
/// <param name="Codes">By row: the label's index, or <see cref="TextColumn.Missing"/>.</param>
internal sealed record LabelCodes(string Column, IReadOnlyList<string> Labels, int[] Codes)
{
    private const int ShownLabels = 10;

    public static LabelCodes Of(Column column)
    {
        var text = column.AsText();
        var used = text.Counts();
        var firstRows = new int[used.Length];
        for (var row = text.Count - 1; row >= 0; row--)
            if (text.Codes[row] != TextColumn.Missing)
                firstRows[text.Codes[row]] = row;
        int[] order = [.. Enumerable.Range(0, used.Length).Where(code => used[code] > 0)];
        Array.Sort(order, column is NumericColumn numeric
            ? (a, b) => numeric.ExactAt(firstRows[a]).CompareTo(numeric.ExactAt(firstRows[b]))
            : (a, b) => string.CompareOrdinal(text.Vocabulary[a], text.Vocabulary[b]));
        var places = new int[used.Length];
        for (var place = 0; place < order.Length; place++)
            places[order[place]] = place;
        return new LabelCodes(
            column.Name,
            [.. order.Select(code => text.Vocabulary[code])],
            Array.ConvertAll(text.Codes, code => code == TextColumn.Missing ? TextColumn.Missing : places[code]));
    }

    /// <summary>The label with the fewest rows; the later one of equally many.</summary>
    public int Rarer
    {
        get
        {
            var counts = new int[Labels.Count];
            foreach (var code in Codes)
                if (code != TextColumn.Missing)
                    counts[code]++;
            return Enumerable.Range(0, counts.Length).OrderBy(code => counts[code]).ThenByDescending(code => code).First();
        }
    }

    /// <summary>-1 when there is no such label.</summary>
    public int IndexOf(string label) => Labels.ToList().IndexOf(label);

    public float[] Labelled() => Array.ConvertAll(Codes, code => code == TextColumn.Missing ? 0f : 1f);

    /// <summary>The labels for a message.</summary>
    public string Names() => string.Join(", ", Labels.Take(ShownLabels).Select(label => $"'{label}'")) + (Labels.Count > ShownLabels ? ", …" : "");
}
