using System.Buffers;
using System.Text;
using Mtl.Data.Tables;

namespace Mtl.Data.Writing;

/// <summary>
/// Writes CSV by RFC 4180 in UTF-8 without a byte order mark: commas, CRLF line ends, and quotation marks around values that hold a comma, a quotation mark, a line end, or white space at an end.
/// A missing value is empty.
/// </summary>
public sealed class CsvWriter(TextWriter writer)
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    /// <summary>Writes a table with its header.</summary>
    public static void Write(Stream stream, Table table)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true);
        var writer = new CsvWriter(text);
        writer.Write(table.Columns.Select(column => column.Name));
        for (var row = 0; row < table.RowCount; row++)
            writer.Write(table.Columns.Select(column => column.TextAt(row)));
    }

    /// <summary>Writes one record.</summary>
    public void Write(params IEnumerable<string> values)
    {
        var count = 0;
        var isEmpty = true;
        foreach (var value in values)
        {
            if (count++ > 0)
                writer.Write(',');
            isEmpty &= value.Length == 0;
            WriteValue(value);
        }

        // A record of one empty value would be a blank line, which readers pass over.
        if (count == 1 && isEmpty)
            writer.Write("\"\"");
        writer.Write("\r\n");
    }

    private void WriteValue(string value)
    {
        if (!value.AsSpan().ContainsAny(Special) && (value.Length == 0 || !(char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]))))
        {
            writer.Write(value);
            return;
        }

        writer.Write('"');
        writer.Write(value.Replace("\"", "\"\"", StringComparison.Ordinal));
        writer.Write('"');
    }
}
