using Mtl.Core;
using Mtl.Dashboard.Models;
using Mtl.Tracking.Datasets;

namespace Mtl.Dashboard.Tests;

public class ApiAnswerTests
{
    [Fact]
    public void A_refusal_is_told_in_the_servers_words()
    {
        var error = ApiAnswer.Error(400, """{"error":"invalid","message":"Row 3 has 4 values; 5 are expected.","advice":"Quote the comma.","field":"","requestId":"x"}""");
        error.ToString().ShouldBe("Row 3 has 4 values; 5 are expected. Quote the comma.");
    }

    [Theory]
    [InlineData(0, "", "The server could not be reached. Check that it is running, then try again.")]
    [InlineData(413, "", "The file is larger than the server accepts. Put it on the server and give its path instead.")]
    [InlineData(502, "<html>", "The server refused the file (HTTP 502).")]
    public void An_answer_without_words_is_told_by_its_status(int status, string text, string message) => ApiAnswer.Error(status, text).ToString().ShouldBe(message);

    [Fact]
    public void An_accepted_upload_is_the_table() => ApiAnswer.Read<Dataset>(
        201, """{"id":"d1","name":"a.csv","path":"/x","isOwned":true,"bytes":5,"sha256":"","rows":2,"columns":3,"createdAt":"2026-05-01T00:00:00+00:00"}""").Value.Rows.ShouldBe(2);

    [Fact]
    public void The_error_kind_of_an_unreachable_server_says_to_try_again() => ApiAnswer.Error(0, "").Kind.ShouldBe(ErrorKind.Unavailable);
}
