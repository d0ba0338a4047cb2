using Mtl.Application.Collaboration.Tables;

namespace Mtl.Application.Tests.Collaboration;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData(" padded ", "\" padded \"")]
    [InlineData("", "")]
    public void A_text_is_quoted_where_it_must_be(string text, string cell) => CsvText.Cell(text).ShouldBe(cell);

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+cmd|' /C calc'!A0", "\"'+cmd|' /C calc'!A0\"")]
    [InlineData("-2+3", "\"'-2+3\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("  =1", "\"'  =1\"")]
    [InlineData("＝1+1", "\"'＝1+1\"")]
    [InlineData("=HYPERLINK(\"https://example.org\")", "\"'=HYPERLINK(\"\"https://example.org\"\")\"")]
    public void A_text_that_a_spreadsheet_would_run_is_marked_as_text(string text, string cell) => CsvText.Cell(text).ShouldBe(cell);

    [Theory]
    [InlineData("-1.5")]
    [InlineData("+3")]
    [InlineData("-1E-07")]
    [InlineData("-Infinity")]
    public void A_number_stays_one(string number) => CsvText.Cell(number).ShouldBe(number);

    [Fact]
    public void Numbers_are_written_in_full() =>
        new double?[] { 0.1 + 0.2, double.NaN, double.NegativeInfinity, null }.Select(CsvText.Number).ShouldBe(["0.30000000000000004", "NaN", "-Infinity", ""]);

    [Fact]
    public void A_line_ends_as_the_standard_says() => CsvText.Line(["a", "b c", "d,e"]).ShouldBe("a,b c,\"d,e\"\r\n");
}
