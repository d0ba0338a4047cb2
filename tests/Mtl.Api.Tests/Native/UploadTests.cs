using System.Net;
using System.Text;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Native;

/// <summary>What people upload by mistake, and what is too much: refused in words, with nothing left behind.</summary>
[Collection(ServerCollection.Name)]
public sealed class UploadTests(RunningServer server)
{
    private const string CutOff = "The multipart request is not well formed, or it was cut off. Let the HTTP client write it, and send it again.";

    public static TheoryData<string, byte[], string> Refused => new()
    {
        { "photo.png", [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', 0, 0, 0, 13], "The file 'photo.png' is not a CSV or Parquet file: it holds binary data (a zero byte at position 8)." },
        { "book.xlsx", [.. "PK\u0003\u0004"u8, 20, 0, 6, 0], "The file 'book.xlsx' is a ZIP archive or an Excel workbook; a CSV file in UTF-8 or a Parquet file is expected. Export it as CSV in UTF-8." },
        { "page.html", [.. "<!DOCTYPE html>\n<html><body><p>Hello, world</p></body></html>\n"u8], "The file 'page.html' is a web page; a CSV file in UTF-8 or a Parquet file is expected. Export it as CSV in UTF-8." },
        { "data.json", [.. "{\"a\": [1, 2, 3]}"u8], "The file 'data.json' holds a header of 3 columns and no rows." },
        { "fake.parquet", [.. "a,b\n1,2\n"u8], "The file 'fake.parquet' is not a Parquet file: it does not begin with 'PAR1'." },
        { "torn.parquet", [.. "PAR1"u8, .. Enumerable.Repeat((byte)7, 100)], "The file 'torn.parquet' can't be read as Parquet: Invalid Input Error: No magic bytes found at end of file 'torn.parquet'" },
        { "ragged.csv", [.. "a,b,c\n1,2,3\n4,5\n6,7,8\n"u8], "Line 3 of 'ragged.csv' has 2 values; the header names 3 columns. Give every line the same number of values, and put values that hold the delimiter in quotation marks." },
        { "wide.csv", [.. "a,b\n1,2\n3,4,5\n"u8], "Line 3 of 'wide.csv' has 3 values; the header names 2 columns. Give every line the same number of values, and put values that hold the delimiter in quotation marks." },
        { "empty.csv", [], "The file 'empty.csv' is empty." },
        { "blank.csv", [.. "\n\n\n"u8], "The file 'blank.csv' is empty." },
        { "header.csv", [.. "a,b,c\n"u8], "The file 'header.csv' holds a header of 3 columns and no rows." },
        { "twice.csv", [.. "a,b,a\n1,2,3\n"u8], "The header of 'twice.csv' names the column 'a' more than once (columns 1, 3). Give each column its own name." },
        { "nameless.csv", [.. "1,2,3\n4,5,6\n"u8], "The first line of 'nameless.csv' holds only numbers ('1', '2', '3'); it has to name the columns. Add a header line." },
        { "quote.csv", [.. "a,b\n1,\"open\n2,x\n"u8], "A quotation mark in 'quote.csv' is not closed. Write a quotation mark within a value twice, and the whole value in quotation marks." },
        { "latin.csv", [.. "a,b\n1,caf"u8, 0xE9, (byte)'\n'], "Line 2 of 'latin.csv' is not valid UTF-8. Save the file in UTF-8." },
        { "infinite.csv", [.. "a,b\n1,2\n2,-Infinity\n"u8], "Column 'b', row 2: '-Infinity' is infinite or beyond ±3.4e38; a finite number is expected. Correct the value, or leave it empty when it is missing." },
        { "huge.csv", [.. "a,b\n1,2\n2,1e400\n"u8], "Column 'b', row 2: '1e400' is infinite or beyond ±3.4e38; a finite number is expected. Correct the value, or leave it empty when it is missing." },
        { "table%00.csv", [.. "a,b\n1,2\n"u8], "The uploaded file's name must have 1 to 255 characters and no control characters. Rename the file." },
    };

    public static TheoryData<string, string, int, int> Accepted => new()
    {
        { "missing.csv", "a,b\n1,NaN\n2,\n3,4\n", 3, 2 },
        { "mixed.csv", "a,b\n1,2\n2,many\n", 2, 2 },
        { "semicolons.csv", "a;b\n1;2,5\n", 1, 2 },
        { "../../outside.csv", "a,b\n1,2\n", 1, 2 },
        { "categories.csv", Categories(100_000), 100_000, 2 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_file_that_is_no_table_is_refused(string name, byte[] content, string message)
    {
        var before = server.DatasetFiles;

        var answer = await server.SendAsync("POST", $"/api/v1/datasets?name={name}", new ByteArrayContent(content));

        (answer.Status, answer.Message).ShouldBe((HttpStatusCode.BadRequest, message));
        server.DatasetFiles.ShouldBe(before);
        await server.ShouldBeHealthyAsync();
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task An_odd_table_is_read_and_goes_when_it_is_removed(string name, string csv, int rows, int columns)
    {
        var before = server.DatasetFiles;

        var answer = await server.SendAsync("POST", $"/api/v1/datasets?name={name}", new StringContent(csv));

        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Body);
        ((string)answer.Json["name"]!, (int)answer.Json["rows"]!, (int)answer.Json["columns"]!).ShouldBe((Path.GetFileName(name), rows, columns));
        var id = (string)answer.Json["id"]!;
        (await server.SendAsync("GET", $"/api/v1/datasets/{id}/profile")).Status.ShouldBe(HttpStatusCode.OK);
        (await server.SendAsync("DELETE", $"/api/v1/datasets/{id}")).Status.ShouldBe(HttpStatusCode.OK);
        server.DatasetFiles.ShouldBe(before);
        await server.ShouldBeHealthyAsync();
    }

    [Fact]
    public async Task A_file_beyond_the_limit_is_refused_before_it_is_stored()
    {
        var before = server.DatasetFiles;

        var answer = await server.SendAsync("POST", "/api/v1/datasets?name=large.csv", new StreamContent(new EndlessTable(RunningServer.MaximumUploadMiB * 4L << 20)));

        (answer.Status, answer.Message).ShouldBe((
            HttpStatusCode.RequestEntityTooLarge, $"The file is larger than {RunningServer.MaximumUploadMiB} MiB, the most that is accepted. Put the file on the server and give its path instead."));
        server.DatasetFiles.ShouldBe(before);
        await server.ShouldBeHealthyAsync();
    }

    [Fact]
    public async Task A_multipart_form_is_read_and_its_faults_are_named()
    {
        var before = server.DatasetFiles;
        using var form = new MultipartFormDataContent { { new StringContent("about houses"), "note" }, { new StringContent("a,b\n1,2\n"), "file", "form.csv" } };
        var stored = await server.SendAsync("POST", "/api/v1/datasets", form);
        (stored.Status, (string)stored.Json["name"]!).ShouldBe((HttpStatusCode.Created, "form.csv"));
        (await server.SendAsync("DELETE", $"/api/v1/datasets/{stored.Json["id"]}")).Status.ShouldBe(HttpStatusCode.OK);

        using var fileless = new MultipartFormDataContent { { new StringContent("about houses"), "note" } };
        var refused = await server.SendAsync("POST", "/api/v1/datasets", fileless);
        (refused.Status, refused.Message).ShouldBe((HttpStatusCode.BadRequest, "The multipart request holds no file. Send the table as a form field of type file."));

        using var nameless = new ByteArrayContent("a,b\n1,2\n"u8.ToArray());
        var unnamed = await server.SendAsync("POST", "/api/v1/datasets", nameless);
        (unnamed.Status, unnamed.Message).ShouldBe((HttpStatusCode.BadRequest, "The uploaded file has no name. Send its name with it (?name=table.csv)."));

        using var torn = new StringContent("--x\r\nno end", Encoding.UTF8);
        torn.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } };
        var broken = await server.SendAsync("POST", "/api/v1/datasets", torn);
        (broken.Status, broken.Message).ShouldBe((HttpStatusCode.BadRequest, CutOff));

        using var cut = new StringContent("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"cut.csv\"\r\n\r\na,b\n1,2\n3,", Encoding.UTF8);
        cut.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } };
        var ended = await server.SendAsync("POST", "/api/v1/datasets", cut);
        (ended.Status, ended.Message).ShouldBe((HttpStatusCode.BadRequest, CutOff));
        server.DatasetFiles.ShouldBe(before);
    }

    private static string Categories(int count)
    {
        var text = new StringBuilder("id,label\n");
        for (var row = 0; row < count; row++)
            text.Append(row).Append(",category-").Append(row).Append('\n');
        return text.ToString();
    }
}
