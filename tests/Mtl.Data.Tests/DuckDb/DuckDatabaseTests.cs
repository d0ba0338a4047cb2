using System.Text;
using Mtl.Data.DuckDb;

namespace Mtl.Data.Tests.DuckDb;

public sealed class DuckDatabaseTests : IDisposable
{
    private readonly DuckDatabase database = DuckDatabase.Open(memoryLimitMegabytes: 256, threads: 2);

    public void Dispose() => database.Dispose();

    [Fact]
    public void Texts_of_every_length_and_nulls_come_through()
    {
        using var rows = database.Query("SELECT CASE WHEN i % 7 = 3 THEN NULL ELSE repeat('é', i) END, i / 2.0::DOUBLE FROM range(5000) AS t(i)").Value;
        var row = 0;
        while (rows.Next().Value)
        {
            for (var i = 0; i < rows.Count; i++, row++)
            {
                rows.Column(0).IsNull(i).ShouldBe(row % 7 == 3);
                if (row < 60 && row % 7 != 3)
                    Encoding.UTF8.GetString(rows.Column(0).Utf8(i)).ShouldBe(new string('é', row));
                rows.Column(1).Double(i).ShouldBe(row / 2.0);
            }
        }

        row.ShouldBe(5000);
    }

    [Fact]
    public void Parameters_are_values_and_never_sql()
    {
        const string Text = "'; DROP TABLE x; --";
        using var rows = database.Query("SELECT ?", Text).Value;

        rows.Next().Value.ShouldBeTrue();
        Encoding.UTF8.GetString(rows.Column(0).Utf8(0)).ShouldBe(Text);
    }

    [Theory]
    [InlineData("SELEC 1", "Parser Error")]
    [InlineData("SELECT x", "Binder Error")]
    [InlineData("SELECT CAST('a' || i AS INTEGER) FROM range(3) AS t(i)", "Conversion Error")]
    public void Errors_are_results(string sql, string expected)
    {
        var rows = database.Query(sql);
        var error = rows.Error;
        if (rows.IsSuccess)
        {
            using (rows.Value)
                error = rows.Value.Next().Error;
        }

        error.ShouldNotBeNull().Message.ShouldContain(expected);
        using var next = database.Query("SELECT 1").Value;
        next.Next().Value.ShouldBeTrue();
    }

    [Fact]
    public void An_error_in_the_midst_of_the_rows_is_a_result_whichever_thread_meets_it()
    {
        for (var round = 0; round < 100; round++)
        {
            using var rows = database.Query("SELECT CASE WHEN i = 900000 THEN error('far in') ELSE i END FROM range(1000000) AS t(i)").Value;
            var next = rows.Next();
            while (next is { IsSuccess: true, Value: true })
                next = rows.Next();

            next.Error.ShouldNotBeNull().Message.ShouldContain("far in");
        }
    }

    [Fact]
    public void An_unknown_setting_is_a_bug() => Should.Throw<InvalidOperationException>(() => DuckDatabase.Open(memoryLimitMegabytes: 256, threads: -1));
}
