using System.Diagnostics;
using Mtl.Data.Reading;
using Mtl.Data.Tables;

namespace Mtl.Data.Tests.Reading;

public sealed class CsvReadingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Columns_get_the_type_of_their_values()
    {
        var table = Read("n,x,d,t,s,b,empty\n1,0.5,2024-03-01,2024-03-01 12:00,red,true,\n-2,1e3,1969-12-31,2024-03-01T18:00:00+06:00,blue,false,\n,,,,,,\n");

        table.RowCount.ShouldBe(3);
        table.Columns.Select(column => column.Type).ShouldBe(
            [ColumnType.Number, ColumnType.Number, ColumnType.Date, ColumnType.Date, ColumnType.Text, ColumnType.Text, ColumnType.Number]);
        Numbers(table, "n").ShouldBe([1, -2, float.NaN]);
        Numbers(table, "x").ShouldBe([0.5f, 1000, float.NaN]);
        Numbers(table, "d").ShouldBe([19783, -1, float.NaN]);
        Numbers(table, "t").ShouldBe([19783.5f, 19783.5f, float.NaN]);
        Texts(table, "d").ShouldBe(["2024-03-01", "1969-12-31", ""]);
        Texts(table, "t").ShouldBe(["2024-03-01T12:00:00", "2024-03-01T12:00:00", ""]);
        Texts(table, "s").ShouldBe(["red", "blue", ""]);
        Texts(table, "b").ShouldBe(["true", "false", ""]);
        ((NumericColumn)table["n"]).IsInteger.ShouldBeTrue();
        ((NumericColumn)table["x"]).IsInteger.ShouldBeFalse();
        table["empty"].MissingCount.ShouldBe(3);
        table.Columns.Take(6).ShouldAllBe(column => column.MissingCount == 1);
    }

    [Fact]
    public void Texts_are_coded_by_first_appearance()
    {
        var column = (TextColumn)Read("s\nb\na\n\"\"\nb\nc\n")["s"];

        column.Vocabulary.ShouldBe(["b", "a", "c"]);
        column.Codes.ShouldBe([0, 1, TextColumn.Missing, 0, 2]);
        column.Counts().ShouldBe([2, 1, 1]);
    }

    [Theory]
    [InlineData("semicolon", "a;b\n1,5;x\n2,5;y\n")]
    [InlineData("tab", "a\tb\n1,5\tx\n2,5\ty\n")]
    [InlineData("bar", "a|b\n1,5|x\n2,5|y\n")]
    [InlineData("CRLF", "a,b\r\n\"1,5\",x\r\n\"2,5\",y\r\n")]
    [InlineData("CR", "a,b\r\"1,5\",x\r\"2,5\",y\r")]
    [InlineData("no line end at the end", "a,b\n\"1,5\",x\n\"2,5\",y")]
    [InlineData("byte order mark", "\uFEFFa,b\n\"1,5\",x\n\"2,5\",y\n")]
    [InlineData("white space", " a , b \n \"1,5\" , x \n\"2,5\",y\n")]
    [InlineData("blank lines", "a,b\n\n\"1,5\",x\n\n\"2,5\",y\n\n")]
    public void Every_common_way_to_write_a_table_reads_the_same(string way, string text)
    {
        var table = Read(text);

        table.Columns.Select(column => column.Name).ShouldBe(["a", "b"], way);
        Texts(table, "a").ShouldBe(["1,5", "2,5"], way);
        Texts(table, "b").ShouldBe(["x", "y"], way);
    }

    [Fact]
    public void Quoted_values_hold_line_ends_quotation_marks_and_delimiters()
    {
        var table = Read("\"a\nb\",c\n\"1\n2\",\"he said \"\"no\"\", twice\"\n");

        table.Columns[0].Name.ShouldBe("a\nb");
        table["a\nb"].TextAt(0).ShouldBe("1\n2");
        table["c"].TextAt(0).ShouldBe("he said \"no\", twice");
    }

    [Theory]
    [InlineData("x\n1\n2\nmany\n4\n", "1", "2", "many", "4")]
    [InlineData("x\n2024-01-01\nlater\n", "2024-01-01", "later")]
    [InlineData("x\n16777217.25\n007\nlater\n", "16777217.25", "007", "later")]
    [InlineData("x\nNA\nred\n?\n", "NA", "red", "?")]
    [InlineData("x\ninf\nred\n", "inf", "red")]
    [InlineData("x\n1\n2024-01-01\n", "1", "2024-01-01")]
    public void A_column_with_one_value_of_another_type_is_text_as_in_the_file(string text, params string[] expected) => Texts(Read(text), "x").ShouldBe(expected);

    [Fact]
    public void Texts_far_below_numbers_are_found()
    {
        var table = Read("x,y\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},{i}\n")) + "end,50000\n");

        table["x"].ShouldBeOfType<TextColumn>().Vocabulary.Length.ShouldBe(50_001);
        table["x"].TextAt(49_999).ShouldBe("49999");
        Numbers(table, "y")[50_000].ShouldBe(50_000);
    }

    [Fact]
    public void What_stands_for_no_number_is_missing_among_numbers() =>
        Numbers(Read("x\nNaN\n1\nNA\nn/a\nnull\nNone\n?\n#N/A\n"), "x").ShouldBe([float.NaN, 1, .. Enumerable.Repeat(float.NaN, 6)]);

    [Theory]
    [InlineData("0.1")]
    [InlineData("-0.000001234")]
    [InlineData("123456.789012345")]
    [InlineData("3.14159265358979323846264338327950288")]
    [InlineData("1.7e-44")]
    [InlineData("+5")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("16777217.5")]
    public void Numbers_are_rounded_once(string text) => Numbers(Read($"x\n{text}\n"), "x").ShouldBe([(float)double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)]);

    [Fact]
    public void Long_identifiers_stay_apart()
    {
        var column = (NumericColumn)Read("id\n1\n\n4000000001\n4000000002\n")["id"];

        column.Values[2].ShouldBe(column.Values[3]);
        column.ExactAt(0).ShouldBe(1);
        column.ExactAt(2).ShouldBe(4000000001);
        column.AsText().Vocabulary.ShouldBe(["1", "4000000001", "4000000002"]);
        column.Take([3, 1]).AsText().Vocabulary.ShouldBe(["4000000002"]);
    }

    [Fact]
    public void A_path_is_never_a_pattern()
    {
        folder.Write("a1.csv", "x\n1\n");
        var path = folder.Write("a[1]*?.csv", "x\n2\n");

        Numbers(TableReader.Read(path).Value, "x").ShouldBe([2]);
    }

    [Fact]
    public void A_column_without_a_name_gets_one() => Read(",b\n1,2\n").Columns.Select(column => column.Name).ShouldBe(["column_1", "b"]);

    [Fact]
    public void A_schema_settles_types_and_picks_columns()
    {
        var options = new TableReadOptions
        {
            Schema = new Dictionary<string, ColumnType> { ["code"] = ColumnType.Text, ["x"] = ColumnType.Number },
            SchemaOnly = true,
        };
        var table = Read("x,other,code\n1,a,007\n,b,8\n", options);

        table.Columns.Select(column => column.Name).ShouldBe(["x", "code"]);
        Texts(table, "code").ShouldBe(["007", "8"]);
        Numbers(table, "x").ShouldBe([1, float.NaN]);
    }

    [Fact]
    public void A_hundred_thousand_categories_are_accepted()
    {
        var table = Read("id\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"customer {i}\n")));

        table["id"].ShouldBeOfType<TextColumn>().Vocabulary.Length.ShouldBe(100_000);
        table["id"].TextAt(99_999).ShouldBe("customer 99999");
    }

    [Fact]
    public void A_large_file_is_read_fast_within_bounded_memory()
    {
        var path = folder.Path("large.csv");
        using (var file = File.CreateText(path))
        {
            file.WriteLine("n,x,s,t");
            for (var row = 0; row < 600_000; row++)
                file.WriteLine($"{row},{row % 1009 / 8.0},category {row % 100},\"a, {row % 5}\"");
        }

        var bytes = new FileInfo(path).Length;
        var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var table = TableReader.Read(path).Value;
        var seconds = clock.Elapsed.TotalSeconds;
        var allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;

        TestContext.Current.TestOutputHelper?.WriteLine($"{bytes / 1e6:0.0} MB, {table.RowCount} rows: {seconds:0.00} s, {allocated / 1e6:0} MB of managed memory allocated");
        table.RowCount.ShouldBe(600_000);
        Numbers(table, "n")[^1].ShouldBe(599_999);
        seconds.ShouldBeLessThan(15);
        allocated.ShouldBeLessThan(3 * bytes);
    }

    [Fact]
    public void Two_readings_at_once_do_not_disturb_each_other()
    {
        var paths = Enumerable.Range(0, 4).Select(k => folder.Write($"{k}.csv", "x\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{(k * 20_000) + i}\n")))).ToArray();

        Parallel.ForEach(paths.Index(), file => Numbers(TableReader.Read(file.Item).Value, "x").Sum(x => (double)x).ShouldBe(Enumerable.Range(file.Index * 20_000, 20_000).Sum(i => (double)i)));
    }

    [Fact]
    public void Reading_can_be_cancelled()
    {
        var path = folder.Write("x.csv", "x\n1\n");

        Should.Throw<OperationCanceledException>(() => TableReader.Read(path, cancellation: new CancellationToken(canceled: true)));
    }

    private static float[] Numbers(Table table, string name) => table[name].ShouldBeOfType<NumericColumn>().Values;

    private static string[] Texts(Table table, string name) => [.. Enumerable.Range(0, table.RowCount).Select(table[name].TextAt)];

    private Table Read(string text, TableReadOptions? options = null) => TableReader.Read(folder.Write("table.csv", text), options).Value;
}
