using System.Buffers;
using System.Globalization;

namespace Mtl.Application.Collaboration.Tables;

/// <summary>
/// Cells of a CSV file (RFC 4180) that a spreadsheet opens as what they are: a text that it would take for a formula gets an apostrophe in front, which a spreadsheet reads as "text follows".
/// Numbers stay numbers.
/// </summary>
public static class CsvText
{
    /// <summary>What formulas begin with, the full-width forms included, and the control characters that lead to one.</summary>
    private const string FormulaStarts = "=+-@\t\r\n＝＋－＠";

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n\t'");

    /// <summary>Cells as one line, with its end.</summary>
    public static string Line(IEnumerable<string> cells) => $"{string.Join(',', cells.Select(Cell))}\r\n";

    /// <summary>A text as a cell.</summary>
    public static string Cell(string text)
    {
        var shown = IsFormula(text) ? $"'{text}" : text;
        return shown.AsSpan().ContainsAny(Quoted) || shown != shown.Trim() ? $"\"{shown.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : shown;
    }

    /// <summary>A number as every program reads it: <c>-1.5E-07</c>, <c>NaN</c>, <c>Infinity</c>.</summary>
    public static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    public static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "";

    private static bool IsFormula(string text) =>
        text.Length > 0
        && (FormulaStarts.Contains(text[0]) || (text.TrimStart() is { Length: > 0 } trimmed && FormulaStarts.Contains(trimmed[0])))
        && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
