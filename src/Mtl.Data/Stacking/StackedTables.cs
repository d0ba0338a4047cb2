using Mtl.Core;
using Mtl.Data.Tables;

namespace Mtl.Data.Stacking;

/// <summary>
/// Several tables one below the other. Columns are told by their names, in order of first appearance; where a table lacks one, its rows have no value there. A column without any value
/// takes on the others' type.
/// </summary>
public static class StackedTables
{
    /// <param name="tables">At least one, by a name each.</param>
    /// <param name="origin">Name of the text column that is added, which holds each row's table by name; no table may have it.</param>
    public static Result<Table> Of(IReadOnlyList<(string Name, Table Table)> tables, string origin)
    {
        foreach (var (name, table) in tables)
            if (table.Contains(origin))
                return Error.Invalid($"Table '{name}' has a column '{origin}', which is the name of the column that tells the stacked tables apart.", "Give another name in data.origin.", "data.origin");

        var columns = new List<Column>();
        foreach (var column in tables.SelectMany(table => table.Table.Columns).Select(column => column.Name).Distinct())
        {
            var stacked = Stack(column, tables);
            if (!stacked.IsSuccess)
                return stacked.Error;
            columns.Add(stacked.Value);
        }

        columns.Add(TextColumn.Of(origin, tables.SelectMany(table => Enumerable.Repeat(table.Name, table.Table.RowCount))));
        return new Table(columns);
    }

    private static Result<Column> Stack(string name, IReadOnlyList<(string Name, Table Table)> tables)
    {
        var holders = tables.Where(table => table.Table.Contains(name) && table.Table[name] is var column && column.MissingCount < column.Count).ToArray();
        var type = holders.Length == 0 ? ColumnType.Text : holders[0].Table[name].Type;
        if (holders.FirstOrDefault(holder => holder.Table[name].Type != type) is { Table: not null } other)
        {
            return Error.Invalid(
                $"Column '{name}' holds {Noun(type)} in table '{holders[0].Name}' and {Noun(other.Table[name].Type)} in table '{other.Name}'.",
                "Rename one of the columns, or make their values alike.",
                "data.tables");
        }

        return type == ColumnType.Text ? StackTexts(name, tables) : StackNumbers(name, type, tables);
    }

    private static Result<Column> StackTexts(string name, IReadOnlyList<(string Name, Table Table)> tables) => TextColumn.Of(
        name, tables.SelectMany(table => Enumerable.Range(0, table.Table.RowCount).Select(row => table.Table.Contains(name) ? table.Table[name].TextAt(row) : null)));

    private static Result<Column> StackNumbers(string name, ColumnType type, IReadOnlyList<(string Name, Table Table)> tables)
    {
        double[] exact = [.. tables.SelectMany(table => Enumerable.Range(0, table.Table.RowCount).Select(row =>
            table.Table.Contains(name) && table.Table[name] is NumericColumn numbers ? numbers.ExactAt(row) : double.NaN))];
        return new NumericColumn(name, Array.ConvertAll(exact, value => (float)value), type, Array.Exists(exact, value => !double.IsNaN(value) && (float)value != value) ? exact : null);
    }

    private static string Noun(ColumnType type) => type switch { ColumnType.Number => "numbers", ColumnType.Date => "dates", _ => "texts" };
}
