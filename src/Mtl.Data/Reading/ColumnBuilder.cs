using Mtl.Data.DuckDb;
using Mtl.Data.Tables;

namespace Mtl.Data.Reading;

/// <summary>Collects one column's values, chunk by chunk.</summary>
internal abstract class ColumnBuilder(string name)
{
    internal string Name { get; } = name;

    /// <summary>The first value that the column can't hold; null while there is none.</summary>
    internal Rejection? Rejection { get; private protected set; }

    /// <summary>Appends a chunk's values from place <paramref name="start"/> on.</summary>
    /// <param name="values">A chunk's column.</param>
    /// <param name="start">The first place to append.</param>
    /// <param name="rowsBefore">The table's rows before the chunk.</param>
    internal abstract void Append(DuckVector values, int start, int rowsBefore);

    internal abstract Column Build();

    /// <summary>Appends rows without a value.</summary>
    internal abstract void AppendMissing(int count);
}

/// <summary>A value that a column can't hold.</summary>
/// <param name="Row">The row, counted from 1 below the header.</param>
/// <param name="Value">As in the file.</param>
/// <param name="IsInfinite">Whether it is a number, but an infinite one.</param>
internal sealed record Rejection(int Row, string Value, bool IsInfinite);
