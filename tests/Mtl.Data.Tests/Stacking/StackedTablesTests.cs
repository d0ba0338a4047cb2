using Mtl.Data.Stacking;
using Mtl.Data.Tables;

namespace Mtl.Data.Tests.Stacking;

public class StackedTablesTests
{
    private static readonly Table First = new([new NumericColumn("x", [1, 2]), TextColumn.Of("colour", ["red", null])]);
    private static readonly Table Second = new([new NumericColumn("y", [3, float.NaN, 5]), new NumericColumn("x", [7, 8, 9])]);

    [Fact]
    public void Rows_come_one_below_the_other_with_their_table_s_name_and_gaps_where_a_column_is_lacking()
    {
        var table = StackedTables.Of([("a", First), ("b", Second)], "table").Value;

        table.Columns.Select(column => column.Name).ShouldBe(["x", "colour", "y", "table"]);
        ((NumericColumn)table["x"]).Values.ShouldBe([1, 2, 7, 8, 9]);
        Texts(table["colour"]).ShouldBe(["red", "", "", "", ""]);
        Texts(table["y"]).ShouldBe(["", "", "3", "", "5"]);
        Texts(table["table"]).ShouldBe(["a", "a", "b", "b", "b"]);
    }

    [Fact]
    public void A_column_without_values_takes_on_the_others_type() =>
        StackedTables.Of([("a", new Table([TextColumn.Of("x", [null, null])])), ("b", Second)], "table").Value["x"].ShouldBeOfType<NumericColumn>().MissingCount.ShouldBe(2);

    [Fact]
    public void Exact_values_stay_exact()
    {
        double[] ids = [20_000_001, 20_000_002];
        var table = new Table([new NumericColumn("id", [20_000_001f, 20_000_002f], exact: ids)]);

        Texts(StackedTables.Of([("a", table), ("b", table)], "table").Value["id"]).ShouldBe(["20000001", "20000002", "20000001", "20000002"]);
    }

    [Fact]
    public void Columns_of_different_types_are_refused() =>
        StackedTables.Of([("a", First), ("b", new Table([TextColumn.Of("x", ["one"])]))], "table").Error!.ToString().ShouldBe(
            "Column 'x' holds numbers in table 'a' and texts in table 'b'. Rename one of the columns, or make their values alike.");

    [Fact]
    public void A_table_that_has_the_origin_s_column_is_refused() =>
        StackedTables.Of([("a", First), ("b", Second)], "y").Error!.ToString().ShouldBe(
            "Table 'b' has a column 'y', which is the name of the column that tells the stacked tables apart. Give another name in data.origin.");

    private static string[] Texts(Column column) => [.. Enumerable.Range(0, column.Count).Select(column.TextAt)];
}
