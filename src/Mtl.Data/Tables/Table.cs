using Mtl.Core;

namespace Mtl.Data.Tables;

/// <summary>Named columns of equal length; immutable.</summary>
public sealed class Table
{
    private readonly Dictionary<string, Column> byName;

    /// <exception cref="ArgumentException">Two columns share a name, or lengths differ.</exception>
    public Table(IReadOnlyList<Column> columns)
    {
        Columns = columns;
        RowCount = columns.Count == 0 ? 0 : columns[0].Count;
        byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        if (columns.FirstOrDefault(column => column.Count != RowCount) is { } odd)
            throw new ArgumentException($"Column '{odd.Name}' has {odd.Count} rows, column '{columns[0].Name}' {RowCount}.", nameof(columns));
    }

    /// <summary>In the file's order.</summary>
    public IReadOnlyList<Column> Columns { get; }

    public int RowCount { get; }

    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public Column this[string name] => byName[name];

    public bool Contains(string name) => byName.ContainsKey(name);

    /// <summary>Finds a column, or says which there are.</summary>
    /// <param name="name">Case matters.</param>
    /// <param name="field">The definition's field that names it, for the error.</param>
    public Result<Column> Find(string name, string field = "") => byName.TryGetValue(name, out var column)
        ? column
        : Error.Invalid($"The table has no column '{name}'. It has {NameList.Of([.. Columns.Select(c => c.Name)])}.", "Correct the name; case matters.", field);

    /// <summary>The table with only the given rows, in the given order.</summary>
    public Table Take(ReadOnlySpan<int> rows)
    {
        var taken = new Column[Columns.Count];
        for (var i = 0; i < taken.Length; i++)
            taken[i] = Columns[i].Take(rows);
        return new Table(taken);
    }
}
