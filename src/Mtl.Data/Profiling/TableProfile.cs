using System.Globalization;
using Mtl.Data.Tables;

namespace Mtl.Data.Profiling;

/// <summary>What a person needs to see of a table before using it.</summary>
/// <param name="RowCount">Rows.</param>
/// <param name="Columns">In the table's order.</param>
/// <param name="Preview">The first rows, as texts in the columns' order; empty for missing.</param>
public sealed record TableProfile(int RowCount, IReadOnlyList<ColumnProfile> Columns, IReadOnlyList<IReadOnlyList<string>> Preview)
{
    private const int SampleCount = 5;
    private const int ManyCategories = 10_000;

    /// <summary>Profiles a table; deterministic.</summary>
    /// <param name="table">Any table.</param>
    /// <param name="previewRows">Rows of the preview.</param>
    public static TableProfile Of(Table table, int previewRows = 20)
    {
        string[][] preview = [.. Enumerable.Range(0, Math.Min(previewRows, table.RowCount)).Select(row => table.Columns.Select(column => column.TextAt(row)).ToArray())];
        return new TableProfile(table.RowCount, [.. table.Columns.Select(Of)], preview);
    }

    private static ColumnProfile Of(Column column) => column switch
    {
        NumericColumn numbers => Of(numbers),
        TextColumn texts => Of(texts),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.GetType(), "There is no such column."),
    };

    private static ColumnProfile Of(NumericColumn column)
    {
        var sorted = SortedNumbers.Of(column);
        return Suggestions.For(column, sorted.Distinct, sorted.Span) with
        {
            Numbers = sorted.Summary,
            Histogram = sorted.Histogram(),
            Samples = Samples(column),
        };
    }

    private static ColumnProfile Of(TextColumn column)
    {
        var counts = column.Counts();
        int[] used = [.. Enumerable.Range(0, counts.Length).Where(code => counts[code] > 0)];
        return Suggestions.For(column, used.Length, span: 0) with
        {
            Histogram = CategoryHistogram.Of(column, counts, used),
            Samples = Samples(column),
            Remarks = [.. Remarks(column, counts, used)],
        };
    }

    private static string[] Samples(Column column) =>
        [.. Enumerable.Range(0, Math.Min(column.Count, 1000)).Where(row => !column.IsMissing(row)).Select(column.TextAt).Distinct().Take(SampleCount)];

    private static IEnumerable<string> Remarks(TextColumn column, int[] counts, int[] used)
    {
        if (NumberRemark(column, counts, used) is { } numbers)
            yield return numbers;
        if (used.Length > ManyCategories)
            yield return string.Create(CultureInfo.InvariantCulture, $"{used.Length:N0} categories are more than a model can learn well; the most frequent are kept and the rest share one place.");
    }

    private static string? NumberRemark(TextColumn column, int[] counts, int[] used)
    {
        bool IsNumber(int code) => NumberText.TryParse(column.Vocabulary[code], out _);
        var numbers = used.Where(IsNumber).Sum(code => counts[code]);
        var present = column.Count - column.MissingCount;
        if (numbers == present || 2 * numbers < present)
            return null;
        var row = Array.FindIndex(column.Codes, code => code != TextColumn.Missing && !IsNumber(code));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{numbers:N0} of {present:N0} values are numbers, but '{column.TextAt(row)}' in row {row + 1} is not, so the column is text. Correct or empty such values to have numbers.");
    }
}
