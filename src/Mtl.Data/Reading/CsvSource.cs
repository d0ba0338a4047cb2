using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Mtl.Core;

namespace Mtl.Data.Reading;

/// <summary>CSV by RFC 4180, with any of four delimiters, in UTF-8. Every value comes as text; every deviation is an error.</summary>
internal static partial class CsvSource
{
    internal static Result<Source> Of(SourceFile file, TableReadOptions options) => CsvLayout.Of(file, options.MaxColumns).Map(layout => new Source(
        file,
        Relation(layout),
        [.. layout.Names.Select((name, i) => new SourceColumn(name, null, $"c{i}", $"c{i}"))],
        text => Explain(text, file, layout)));

    private static string Relation(CsvLayout layout)
    {
        var columns = new StringBuilder();
        for (var i = 0; i < layout.Names.Count; i++)
            columns.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? ", " : "")}'c{i}': 'VARCHAR'");
        return $"""
            read_csv(?, auto_detect = false, header = true, delim = {Sql.Literal(layout.Delimiter.ToString())}, quote = '"', escape = '"', nullstr = '', columns = {columns.Insert(0, '{').Append('}')},
                strict_mode = true, null_padding = false, ignore_errors = false, hive_partitioning = false, compression = 'none', encoding = 'utf-8')
            """;
    }

    private static Error Explain(string text, SourceFile file, CsvLayout layout)
    {
        var record = RecordPattern().Match(text) is { Success: true } place ? int.Parse(place.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var where = record > 0 ? $"Line {CsvLines.LineOfRecord(file.Path, record)} of '{file.Name}'" : $"The file '{file.Name}'";
        if (CountPattern().Match(text) is { Success: true } counts)
        {
            return Error.Invalid(
                $"{where} has {counts.Groups[1].Value} values; the header names {layout.Names.Count} columns.",
                "Give every line the same number of values, and put values that hold the delimiter in quotation marks.");
        }

        return text switch
        {
            _ when text.Contains("unterminated quote", StringComparison.Ordinal) =>
                Error.Invalid($"{where} has a quotation mark that is not closed, or text after a closing one.", "Write a quotation mark within a value twice, and the whole value in quotation marks."),
            _ when text.Contains("not utf-8 encoded", StringComparison.Ordinal) =>
                Error.Invalid($"{where} is not valid UTF-8.", "Save the file in UTF-8."),
            _ when text.Contains("Maximum line size", StringComparison.Ordinal) =>
                Error.Invalid($"{where} is longer than 2 MB; a quotation mark may be open."),
            _ when text.Contains("invalid state", StringComparison.Ordinal) =>
                Error.Invalid($"The file '{file.Name}' is not a well-formed CSV file: it mixes kinds of line ends, or has text after a closing quotation mark.", "Save it anew as CSV."),
            _ => Error.Invalid($"The file '{file.Name}' can't be read as CSV: {text.Split('\n')[0]}"),
        };
    }

    [GeneratedRegex(@"CSV Error on Line: (\d+)")]
    private static partial Regex RecordPattern();

    [GeneratedRegex(@"Expected Number of Columns: \d+ Found: (\d+)")]
    private static partial Regex CountPattern();
}
