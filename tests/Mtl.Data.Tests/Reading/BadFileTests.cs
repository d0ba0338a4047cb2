using System.Runtime.Versioning;
using System.Text;
using Mtl.Core;
using Mtl.Data.Reading;
using Mtl.Data.Tables;

namespace Mtl.Data.Tests.Reading;

/// <summary>Every bad file and what the reader says of it. The file is called <c>bad.csv</c> unless the row says otherwise.</summary>
public sealed class BadFileTests : IDisposable
{
    private static readonly TableReadOptions Default = new();
    private static readonly TableReadOptions NumericX = new() { Schema = new Dictionary<string, ColumnType> { ["x"] = ColumnType.Number } };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<BadFile> BadFiles => new(
        new BadFile("binary", "a,b\n1,\0\n", "The file 'bad.csv' is not a CSV or Parquet file: it holds binary data (a zero byte at position 6)."),
        new BadFile("workbook", "PK\u0003\u0004…", "The file 'bad.csv' is a ZIP archive or an Excel workbook; a CSV file in UTF-8 or a Parquet file is expected."),
        new BadFile("gzip", [0x1F, 0x8B, 8, 0], "The file 'bad.csv' is a gzip archive; a CSV file in UTF-8 or a Parquet file is expected."),
        new BadFile("UTF-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("a,b\n1,2\n")], "The file 'bad.csv' is text in UTF-16; a CSV file in UTF-8 or a Parquet file is expected."),
        new BadFile("Latin-1", Encoding.Latin1.GetBytes("a,b\n1,2\ncafé,3\n"), "Line 3 of 'bad.csv' is not valid UTF-8."),
        new BadFile("Latin-1 header", Encoding.Latin1.GetBytes("café,b\n1,2\n"), "The header of 'bad.csv' is not valid UTF-8."),
        new BadFile("no Parquet", "a,b\n1,2\n", "The file 'bad.parquet' is not a Parquet file: it does not begin with 'PAR1'.") { FileName = "bad.parquet" },
        new BadFile("empty", "", "The file 'bad.csv' is empty."),
        new BadFile("byte order mark only", "\uFEFF", "The file 'bad.csv' is empty."),
        new BadFile("blank lines only", "\n\r\n  \n", "The file 'bad.csv' is empty."),
        new BadFile("header only", "a,b,c\n", "The file 'bad.csv' holds a header of 3 columns and no rows."),
        new BadFile("header without line end", "a,b,c", "The file 'bad.csv' holds a header of 3 columns and no rows."),
        new BadFile("header and blank lines", "a,b,c\n\n\n", "The file 'bad.csv' holds a header of 3 columns and no rows."),
        new BadFile("open header", "a,\"b\n1,2\n", "The header of 'bad.csv' does not end: a quotation mark may be open, or its line is longer than 1 MB."),
        new BadFile("duplicate columns", "a,b, a \n1,2,3\n", "The header of 'bad.csv' names the column 'a' more than once (columns 1, 3)."),
        new BadFile("no header", "1,2.5\n3,4\n", "The first line of 'bad.csv' holds only numbers ('1', '2.5'); it has to name the columns."),
        new BadFile("short row", "a,b,c\n1,2,3\n4,5\n6,7,8\n", "Line 3 of 'bad.csv' has 2 values; the header names 3 columns."),
        new BadFile("long row", "a,b,c\n1,2,3\n4,5,6,7\n", "Line 3 of 'bad.csv' has 4 values; the header names 3 columns."),
        new BadFile("short row below a quoted line end", "a,b\n\"1\n1\",2\n3\n", "Line 4 of 'bad.csv' has 1 values; the header names 2 columns."),
        new BadFile("short row below a blank line", "a,b\n1,2\n\n3\n", "Line 4 of 'bad.csv' has 1 values; the header names 2 columns."),
        new BadFile("short row far below", "a,b,c\n" + string.Concat(Enumerable.Repeat("1,2,3\n", 100_000)) + "4,5\n", "Line 100002 of 'bad.csv' has 2 values; the header names 3 columns."),
        new BadFile("open quotation mark", "a,b\n1,2\n3,\"4\n5,6\n", "Line 3 of 'bad.csv' has a quotation mark that is not closed, or text after a closing one."),
        new BadFile("text after a closing quotation mark", "a,b\n1,\"2\"x\n", "Line 2 of 'bad.csv' has a quotation mark that is not closed, or text after a closing one."),
        new BadFile("mixed line ends", "a,b\r\n1,2\n3,4\r\n", "The file 'bad.csv' is not a well-formed CSV file: it mixes kinds of line ends, or has text after a closing quotation mark."),
        new BadFile("very long line", $"a,b\n1,{new string('x', 2_100_000)}\n", "Line 2 of 'bad.csv' is longer than 2 MB; a quotation mark may be open."),
        new BadFile("infinite", "x,y\n1,2\n3,inf\n", "Column 'y', row 2: 'inf' is infinite or beyond ±3.4e38; a finite number is expected."),
        new BadFile("minus infinity", "x\n1\n-Infinity\n", "Column 'x', row 2: '-Infinity' is infinite or beyond ±3.4e38; a finite number is expected."),
        new BadFile("beyond single precision", "x\n1\n1e39\n", "Column 'x', row 2: '1e39' is infinite or beyond ±3.4e38; a finite number is expected."),
        new BadFile("beyond double precision", "x\n1\n-1e999\n", "Column 'x', row 2: '-1e999' is infinite or beyond ±3.4e38; a finite number is expected."),
        new BadFile("text where a number is due", "x,y\n1,a\n,b\nmany,c\n", "Column 'x', row 3: 'many' is not a number.") { Options = NumericX },
        new BadFile("text far below", "x\n" + string.Concat(Enumerable.Repeat("1\n", 5000)) + "many\n", "Column 'x', row 5001: 'many' is not a number.") { Options = NumericX },
        new BadFile("no date", "day\n2024-02-29\n2023-02-29\n", "Column 'day', row 2: '2023-02-29' is not a date.")
        {
            Options = new TableReadOptions { Schema = new Dictionary<string, ColumnType> { ["day"] = ColumnType.Date } },
        },
        new BadFile("missing column", "y,z\n1,2\n", "The file 'bad.csv' lacks the column 'x'. It has 'y', 'z'.") { Options = NumericX },
        new BadFile("too large", "a,b\n1,2\n", "The file 'bad.csv' has 8 bytes; at most 7 bytes are read.") { Options = new TableReadOptions { MaxBytes = 7 }, Kind = ErrorKind.TooLarge },
        new BadFile("too many columns", "a,b,c\n1,2,3\n", "The file 'bad.csv' has 3 columns; at most 2 are read.") { Options = new TableReadOptions { MaxColumns = 2 }, Kind = ErrorKind.TooLarge },
        new BadFile("called otherwise", "", "The file 'customers.csv' is empty.") { Options = new TableReadOptions { DisplayName = "customers.csv" } });

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void A_bad_file_is_refused_with_a_clear_error(BadFile file)
    {
        var error = TableReader.Read(folder.Write(file.FileName, file.Content), file.Options ?? Default).Error.ShouldNotBeNull();

        error.Message.ShouldBe(file.Message);
        error.Kind.ShouldBe(file.Kind);
    }

    [Fact]
    public void A_file_that_does_not_exist_is_not_found()
    {
        var error = TableReader.Read(folder.Path("absent.csv")).Error.ShouldNotBeNull();

        error.ShouldBe(Error.NotFound($"The file '{folder.Path("absent.csv")}' does not exist.", "Check the path; the server reads it from its own disk."));
    }

    [Fact]
    public void A_folder_is_refused() =>
        TableReader.Read(folder.Path("")).Error.ShouldBe(Error.Invalid($"'{folder.Path("")}' is a folder; a CSV or Parquet file is expected."));

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_file_without_the_right_to_read_it_is_refused()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "The superuser may read any file.");
        var path = folder.Write("secret.csv", "a\n1\n");
        File.SetUnixFileMode(path, UnixFileMode.None);

        TableReader.Read(path).Error.ShouldBe(Error.Invalid("The file 'secret.csv' can't be read: permission denied.", "Give the server's user the right to read it."));
    }

    /// <summary>One row of the table.</summary>
    public sealed record BadFile(string Case, byte[] Content, string Message)
    {
        public BadFile(string @case, string content, string message)
            : this(@case, Encoding.UTF8.GetBytes(content), message)
        {
        }

        public string FileName { get; init; } = "bad.csv";

        public TableReadOptions? Options { get; init; }

        public ErrorKind Kind { get; init; } = ErrorKind.Invalid;

        public override string ToString() => Case;
    }
}
