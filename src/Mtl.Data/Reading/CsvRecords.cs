using System.Text;

namespace Mtl.Data.Reading;

/// <summary>Splits the beginning of a CSV text (RFC 4180) into records. Only for the header and for finding the delimiter; DuckDB reads the rows.</summary>
internal static class CsvRecords
{
    /// <summary>The first complete records; blank lines are passed over.</summary>
    /// <param name="text">From the file's first character on.</param>
    /// <param name="delimiter">Between the values.</param>
    /// <param name="most">Records to take.</param>
    /// <param name="isWhole">Whether a last record without a line end is complete.</param>
    internal static List<string[]> Read(ReadOnlySpan<char> text, char delimiter, int most, bool isWhole)
    {
        var records = new List<string[]>();
        var values = new List<string>();
        var value = new StringBuilder();
        var isQuoted = false;
        var isBlank = true;
        for (var i = 0; i < text.Length && records.Count < most; i++)
        {
            var c = text[i];
            if (isQuoted)
            {
                if (c != '"')
                    value.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    value.Append(text[i++]);
                else
                    isQuoted = false;
            }
            else if (c is '\n' or '\r')
            {
                if (!isBlank)
                    EndRecord();
            }
            else
            {
                isBlank = false;
                if (c == delimiter)
                    EndValue();
                else if (c == '"' && string.IsNullOrWhiteSpace(value.ToString()))
                    (isQuoted, value.Length) = (true, 0);
                else
                    value.Append(c);
            }
        }

        if (isWhole && !isBlank && !isQuoted && records.Count < most)
            EndRecord();
        return records;

        void EndValue()
        {
            values.Add(value.ToString().Trim());
            value.Clear();
        }

        void EndRecord()
        {
            EndValue();
            records.Add([.. values]);
            values.Clear();
            isBlank = true;
        }
    }
}
