using System.Text;
using System.Text.Unicode;
using Mtl.Core;
using Mtl.Data.Tables;

namespace Mtl.Data.Reading;

/// <summary>What the beginning of a CSV file shows.</summary>
/// <param name="Delimiter">Comma, semicolon, tab or bar.</param>
/// <param name="Names">The header, without white space around the names; a column without a name is called <c>column_</c> and its number.</param>
internal sealed record CsvLayout(char Delimiter, IReadOnlyList<string> Names)
{
    private const int RecordsToCompare = 20;

    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    internal static Result<CsvLayout> Of(SourceFile file, int maxColumns)
    {
        var text = Encoding.UTF8.GetString(file.Head.Span);
        if (file.IsWhole && string.IsNullOrWhiteSpace(text))
            return Error.Invalid($"The file '{file.Name}' is empty.");
        var firstLine = file.Head.Span;
        if (firstLine.IndexOfAny((byte)'\n', (byte)'\r') is var end and >= 0)
            firstLine = firstLine[..end];
        if (!Utf8.IsValid(firstLine))
            return Error.Invalid($"The header of '{file.Name}' is not valid UTF-8.", "Save the file in UTF-8.");

        var (delimiter, records) = Delimiters
            .Select(delimiter => (Delimiter: delimiter, Records: CsvRecords.Read(text, delimiter, RecordsToCompare, file.IsWhole)))
            .MaxBy(candidate => Score(candidate.Records, candidate.Delimiter, text));
        if (records.Count == 0)
            return Error.Invalid($"The header of '{file.Name}' does not end: a quotation mark may be open, or its line is longer than 1 MB.");

        string[] names = [.. records[0].Select((name, index) => name.Length > 0 ? name : $"column_{index + 1}")];
        if (names.Length > maxColumns)
            return Error.TooLarge($"The file '{file.Name}' has {names.Length} columns; at most {maxColumns} are read.");
        foreach (var (name, places) in names.Index().GroupBy(column => column.Item, (name, columns) => (name, columns.Select(column => column.Index + 1).ToArray())))
        {
            if (places.Length > 1)
                return Error.Invalid($"The header of '{file.Name}' names the column '{name}' more than once (columns {string.Join(", ", places)}).", "Give each column its own name.");
        }

        if (Array.TrueForAll(names, name => NumberText.TryParse(name, out var number) && double.IsFinite(number)))
            return Error.Invalid($"The first line of '{file.Name}' holds only numbers ({NameList.Of(names)}); it has to name the columns.", "Add a header line.");
        if (records.Count == 1 && file.IsWhole)
            return text.AsSpan().Count('"') % 2 == 1 ? OpenQuotation(file.Name) : HeaderOnly(file.Name, names.Length);
        return new CsvLayout(delimiter, names);
    }

    internal static Error HeaderOnly(string fileName, int columns) => Error.Invalid($"The file '{fileName}' holds a header of {columns} columns and no rows.");

    private static Error OpenQuotation(string fileName) => Error.Invalid(
        $"A quotation mark in '{fileName}' is not closed.", "Write a quotation mark within a value twice, and the whole value in quotation marks.");

    /// <summary>
    /// Columns of the header, times the share of the records that agree with it; the earlier delimiter wins a tie. Where no record ends, a quotation mark is open, and the delimiters of the first line
    /// count instead.
    /// </summary>
    private static double Score(List<string[]> records, char delimiter, string text) => records.Count == 0
        ? 1 + text.AsSpan(0, text.AsSpan().IndexOfAny('\n', '\r') is var end && end < 0 ? text.Length : end).Count(delimiter)
        : records[0].Length * (double)records.Count(record => record.Length == records[0].Length) / records.Count;
}
