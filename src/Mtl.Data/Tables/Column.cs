namespace Mtl.Data.Tables;

/// <summary>One named column of a <see cref="Table"/>; immutable.</summary>
public abstract class Column
{
    private protected Column(string name, ColumnType type) => (Name, Type) = (name, type);

    public string Name { get; }

    public ColumnType Type { get; }

    /// <summary>Rows, missing ones included.</summary>
    public abstract int Count { get; }

    /// <summary>Rows without a value.</summary>
    public abstract int MissingCount { get; }

    public abstract bool IsMissing(int row);

    /// <summary>The row's value as text: as in the file for texts, the shortest form that gives the number back for numbers, ISO 8601 for dates, empty when missing.</summary>
    public abstract string TextAt(int row);

    /// <summary>This column coded by its texts, for labels, groups and strata.</summary>
    public abstract TextColumn AsText();

    /// <summary>The column under the same name with only the given rows, in the given order.</summary>
    public abstract Column Take(ReadOnlySpan<int> rows);

    /// <summary>The column with the values of some rows only; the others are missing.</summary>
    public abstract Column Where(Func<int, bool> isKept);
}
