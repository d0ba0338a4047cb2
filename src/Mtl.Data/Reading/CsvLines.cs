namespace Mtl.Data.Reading;

/// <summary>Where a record is in its file: DuckDB counts records, editors count lines, and quoted values may hold line ends.</summary>
internal static class CsvLines
{
    /// <summary>The line, counted from 1, at which a record begins.</summary>
    internal static int LineOfRecord(string path, int record)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var buffer = new byte[1 << 16];
        var (line, currentRecord, isQuoted) = (1, 1, false);
        while (currentRecord < record && stream.Read(buffer) is var count and > 0)
        {
            foreach (var unit in buffer.AsSpan(0, count))
            {
                if (unit == '"')
                    isQuoted = !isQuoted;
                if (unit != '\n')
                    continue;
                line++;
                if (!isQuoted && ++currentRecord == record)
                    break;
            }
        }

        return currentRecord == record ? line : record;
    }
}
