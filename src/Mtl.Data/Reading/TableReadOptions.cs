using Mtl.Data.Tables;

namespace Mtl.Data.Reading;

/// <summary>How a file is read.</summary>
public sealed record TableReadOptions
{
    /// <summary>The largest file read, in bytes; at least 1.</summary>
    public long MaxBytes { get; init; } = 2L << 30;

    /// <summary>The most columns; at least 1.</summary>
    public int MaxColumns { get; init; } = 10_000;

    /// <summary>
    /// Columns whose type is settled beforehand: the file must have each of them, and a value of another type is an error with row, column and value. The other columns' types are found out from
    /// their values.
    /// </summary>
    public IReadOnlyDictionary<string, ColumnType> Schema { get; init; } = new Dictionary<string, ColumnType>();

    /// <summary>Read the columns of <see cref="Schema"/> only.</summary>
    public bool SchemaOnly { get; init; }

    /// <summary>The file's name in error texts; empty for the path's last part.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>Threads of the reader; 0 for one per core.</summary>
    public int Threads { get; init; }

    /// <summary>Most memory of the reader's own buffers, in megabytes, beside the table itself; at least 128.</summary>
    public int MemoryLimitMegabytes { get; init; } = 1024;
}
