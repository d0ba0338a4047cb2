using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mtl.Data.Reading;
using Mtl.Data.Tables;
using Mtl.Data.Writing;

namespace Mtl.Data.Tests.Writing;

public sealed class CsvWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Values_are_quoted_where_RFC_4180_asks_for_it()
    {
        using var text = new StringWriter();
        var writer = new CsvWriter(text);
        writer.Write("plain", "a,b", "say \"no\"", "two\nlines", " spaced ", "");
        writer.Write("");

        text.ToString().ShouldBe("plain,\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",\" spaced \",\r\n\"\"\r\n");
    }

    [Fact]
    public void A_table_is_read_back_as_it_was_written()
    {
        var table = new Table(
        [
            new NumericColumn("x", [0.1f, float.NaN, 1e-30f]),
            new NumericColumn("id", [4e9f, 4e9f, 1], exact: [4000000001, 4000000002, 1]),
            new NumericColumn("day", [19783.5f, float.NaN, 0], ColumnType.Date),
            TextColumn.Of("text, quoted", ["a \"b\"", null, "c\r\nd"]),
        ]);
        using var stream = new MemoryStream();
        CsvWriter.Write(stream, table);
        var again = TableReader.Read(folder.Write("table.csv", stream.ToArray())).Value;

        Encoding.UTF8.GetString(stream.ToArray()).ShouldStartWith("x,id,day,\"text, quoted\"\r\n0.1,4000000001,2024-03-01T12:00:00,\"a \"\"b\"\"\"\r\n,4000000002,,\r\n");
        again.Columns.Select(column => (column.Name, column.Type)).ShouldBe(table.Columns.Select(column => (column.Name, column.Type)));
        for (var row = 0; row < 3; row++)
            again.Columns.Select(column => column.TextAt(row)).ShouldBe(table.Columns.Select(column => column.TextAt(row)));
    }

    [Fact]
    public void Any_text_is_read_back_as_it_was_written()
    {
        // Texts of the characters that matter to CSV; blanks at the ends are dropped by the reader, so they are dropped here as well.
        var texts = Gen.Elements(',', '"', '\n', '\r', ';', '\t', ' ', 'x', 'é', '1', '-').ArrayOf().Select(characters => new string(characters).Trim()).ArrayOf(50).ToArbitrary();
        Prop.ForAll(texts, values =>
        {
            using var stream = new MemoryStream();
            CsvWriter.Write(stream, new Table([TextColumn.Of("a", values), TextColumn.Of("b", values)]));
            var options = new TableReadOptions { Schema = new Dictionary<string, ColumnType> { ["a"] = ColumnType.Text, ["b"] = ColumnType.Text } };
            var again = TableReader.Read(folder.Write("table.csv", stream.ToArray()), options).Value;

            Enumerable.Range(0, again.RowCount).Select(again["b"].TextAt).ShouldBe(values);
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(20));
    }
}
