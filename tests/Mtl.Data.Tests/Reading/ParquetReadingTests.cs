using Mtl.Core;
using Mtl.Data.Reading;
using Mtl.Data.Tables;

namespace Mtl.Data.Tests.Reading;

public sealed class ParquetReadingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Columns_have_the_files_types()
    {
        var path = folder.WriteParquet("table.parquet", """"
            SELECT * FROM (VALUES
                (1::TINYINT, 2.5::DECIMAL(9, 2), 1e3::FLOAT, 'NaN'::DOUBLE, DATE '2024-03-01', TIMESTAMP '2024-03-01 12:00:00', 'red', true),
                (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)) AS t(i, d, f, n, day, "a ""time""", s, b)
            """");
        var table = TableReader.Read(path).Value;

        table.Columns.Select(column => (column.Name, column.Type)).ShouldBe(
        [
            ("i", ColumnType.Number), ("d", ColumnType.Number), ("f", ColumnType.Number), ("n", ColumnType.Number),
            ("day", ColumnType.Date), ("a \"time\"", ColumnType.Date), ("s", ColumnType.Text), ("b", ColumnType.Text),
        ]);
        table.Columns.Select(column => column.TextAt(0)).ShouldBe(["1", "2.5", "1000", "", "2024-03-01", "2024-03-01T12:00:00", "red", "true"]);
        table.Columns.ShouldAllBe(column => column.IsMissing(1));
    }

    [Fact]
    public void Dictionary_coded_texts_and_many_row_groups_are_read_in_order()
    {
        var path = folder.WriteParquet("large.parquet", "SELECT i AS n, 'category number ' || (i % 50) AS s FROM range(300000) AS t(i) ORDER BY i");
        var table = TableReader.Read(path).Value;

        table.RowCount.ShouldBe(300_000);
        ((TextColumn)table["s"]).Vocabulary.Length.ShouldBe(50);
        for (var row = 0; row < table.RowCount; row += 997)
        {
            ((NumericColumn)table["n"]).Values[row].ShouldBe(row);
            table["s"].TextAt(row).ShouldBe($"category number {row % 50}");
        }
    }

    [Fact]
    public void A_schema_takes_numbers_as_texts_and_texts_as_numbers()
    {
        var path = folder.WriteParquet("table.parquet", "SELECT 7 AS code, '3.5' AS x");
        var options = new TableReadOptions { Schema = new Dictionary<string, ColumnType> { ["code"] = ColumnType.Text, ["x"] = ColumnType.Number } };
        var table = TableReader.Read(path, options).Value;

        table["code"].ShouldBeOfType<TextColumn>().TextAt(0).ShouldBe("7");
        table["x"].ShouldBeOfType<NumericColumn>().Values.ShouldBe([3.5f]);
    }

    [Theory]
    [InlineData("SELECT [1, 2] AS parts", "The column 'parts' of 'bad.parquet' is of type INTEGER[]; numbers, truth values, texts, dates and times are read.")]
    [InlineData("SELECT 1 AS x UNION ALL SELECT 'inf'::DOUBLE", "Column 'x', row 2: 'Infinity' is infinite or beyond ±3.4e38; a finite number is expected.")]
    [InlineData("SELECT 1 AS x WHERE false", "The file 'bad.parquet' holds a header of 1 columns and no rows.")]
    public void What_a_table_can_not_hold_is_refused(string select, string message) =>
        TableReader.Read(folder.WriteParquet("bad.parquet", select)).Error.ShouldNotBeNull().Message.ShouldBe(message);

    [Fact]
    public void A_file_that_needs_too_much_memory_is_refused()
    {
        var path = folder.WriteParquet("wide.parquet", "SELECT repeat(i::VARCHAR, 4000) AS s FROM range(2000) AS t(i)");

        TableReader.Read(path, new TableReadOptions { MemoryLimitMegabytes = 1, Threads = 1 }).Error.ShouldBe(Error.Unavailable(
            "Reading 'wide.parquet' needs more than the 1 MB of memory it may use.",
            "Write the file with smaller row groups or shorter lines."));
    }

    [Fact]
    public void A_torn_file_is_refused()
    {
        var whole = File.ReadAllBytes(folder.WriteParquet("whole.parquet", "SELECT i FROM range(1000) AS t(i)"));
        var error = TableReader.Read(folder.Write("torn.parquet", whole[..^100])).Error.ShouldNotBeNull();

        error.Message.ShouldStartWith("The file 'torn.parquet' can't be read as Parquet: ");
    }
}
