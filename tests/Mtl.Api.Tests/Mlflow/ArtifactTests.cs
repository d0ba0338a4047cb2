using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Mlflow;

/// <summary>The artifact proxy, as <c>log_artifact</c> and <c>download_artifacts</c> use it.</summary>
[Collection(ServerCollection.Name)]
public sealed class ArtifactTests(RunningServer server)
{
    private const string Proxy = "/api/2.0/mlflow-artifacts";

    [Fact]
    public async Task Files_are_written_listed_read_and_deleted()
    {
        var (root, run) = await RunAsync();

        (await server.SendAsync("PUT", $"{Proxy}/artifacts/{root}/notes.txt", new StringContent("hello"))).ShouldBe(new Answer(HttpStatusCode.OK, "{}"));
        (await server.SendAsync("PUT", $"{Proxy}/artifacts/{root}/plots/a%20b.png", new ByteArrayContent([1, 2, 3]))).Status.ShouldBe(HttpStatusCode.OK);

        (await server.SendAsync("GET", $"{Proxy}/artifacts/{root}/notes.txt")).Body.ShouldBe("hello");
        (await server.SendAsync("GET", $"{Proxy}/artifacts?path={root}")).Body.ShouldBe("""{"files":[{"path":"notes.txt","is_dir":false,"file_size":5},{"path":"plots","is_dir":true}]}""");
        (await server.SendAsync("GET", $"{Proxy}/artifacts?path={root}/plots")).Body.ShouldBe("""{"files":[{"path":"a b.png","is_dir":false,"file_size":3}]}""");
        (await server.SendAsync("GET", $"{Proxy}/artifacts?path={root}/plots/a%20b.png")).Body.ShouldBe("{}");
        (await server.GetAsync($"artifacts/list?run_id={run}&path=plots")).Body.ShouldBe(
            $$"""{"root_uri":"mlflow-artifacts:/{{root}}","files":[{"path":"plots/a b.png","is_dir":false,"file_size":3}]}""");

        (await server.SendAsync("DELETE", $"{Proxy}/artifacts/{root}/plots")).ShouldBe(new Answer(HttpStatusCode.OK, "{}"));
        (await server.SendAsync("GET", $"{Proxy}/artifacts/{root}/plots/a%20b.png")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await server.GetAsync($"artifacts/list?run_uuid={run}")).Json["files"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_download_is_never_shown_as_a_page()
    {
        var (root, _) = await RunAsync();
        await server.SendAsync("PUT", $"{Proxy}/artifacts/{root}/page.html", new StringContent("<script>alert(1)</script>"));

        using var response = await server.Client.GetAsync($"{Proxy}/artifacts/{root}/page.html");

        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task A_file_in_parts_is_put_together_whatever_order_they_come_in()
    {
        var (root, _) = await RunAsync();
        var ticket = await BeginAsync(root, 3);
        var tags = new string[3];
        foreach (var part in (int[])[3, 1, 2])
            tags[part - 1] = await PartAsync(ticket, part, $"part {part};");

        var completed = await server.SendJsonAsync("POST", $"{Proxy}/mpu/complete/{root}/big", $$"""
            {"path": "file.bin", "upload_id": "{{ticket["upload_id"]}}", "parts": [
              {"part_number": 1, "etag": {{tags[0]}}, "url": ""}, {"part_number": 2, "etag": {{tags[1]}}, "url": ""}, {"part_number": 3, "etag": {{tags[2]}}, "url": ""}]}
            """);

        completed.ShouldBe(new Answer(HttpStatusCode.OK, "{}"));
        (await server.SendAsync("GET", $"{Proxy}/artifacts/{root}/big/file.bin")).Body.ShouldBe("part 1;part 2;part 3;");
        Message(await server.SendJsonAsync("POST", $"{Proxy}/mpu/abort/{root}/big", $$"""{"path": "file.bin", "upload_id": "{{ticket["upload_id"]}}"}"""))
            .ShouldBe($"There is no upload '{ticket["upload_id"]}' to 'big/file.bin'. Begin one; an upload ends after a day.");
    }

    [Fact]
    public async Task An_upload_that_is_completed_given_up_and_written_to_at_once_breaks_nothing()
    {
        var (root, _) = await RunAsync();
        for (var round = 0; round < 5; round++)
        {
            var ticket = await BeginAsync(root, 1);
            var tag = await PartAsync(ticket, 1, new string('x', 100_000));
            var secret = (string)ticket["credentials"]![0]!["headers"]!["X-Mtl-Upload-Secret"]!;
            var complete = $$"""{"path": "file.bin", "upload_id": "{{ticket["upload_id"]}}", "parts": [{"part_number": 1, "etag": {{tag}}}]}""";

            var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => (number % 3) switch
            {
                0 => server.SendJsonAsync("POST", $"{Proxy}/mpu/complete/{root}/big", complete),
                1 => SendPartAsync(ticket, 1, new string('x', 100_000), secret),
                _ => server.SendJsonAsync("POST", $"{Proxy}/mpu/abort/{root}/big", $$"""{"path": "file.bin", "upload_id": "{{ticket["upload_id"]}}"}"""),
            }));

            answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK || answer.Status == HttpStatusCode.NotFound || answer.Status == HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task An_upload_that_is_given_up_leaves_nothing()
    {
        var (root, _) = await RunAsync();
        var ticket = await BeginAsync(root, 1);
        await PartAsync(ticket, 1, "x");

        (await server.SendJsonAsync("POST", $"{Proxy}/mpu/abort/{root}/big", $$"""{"path": "file.bin", "upload_id": "{{ticket["upload_id"]}}"}""")).Status.ShouldBe(HttpStatusCode.OK);

        (await server.SendAsync("GET", $"{Proxy}/artifacts?path={root}")).Body.ShouldBe("{}");
        (await SendPartAsync(ticket, 1, "x", (string)ticket["credentials"]![0]!["headers"]!["X-Mtl-Upload-Secret"]!)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Parts_are_taken_only_with_the_uploads_secret()
    {
        var (root, _) = await RunAsync();
        var ticket = await BeginAsync(root, 1);

        var refused = await SendPartAsync(ticket, 1, "x", "guess");

        (refused.Status, (string?)refused.Json["error_code"]).ShouldBe((HttpStatusCode.Forbidden, "PERMISSION_DENIED"));
        Message(refused).ShouldBe("There is no such upload, or its secret is another. Begin an upload, and send its headers with every part.");
    }

    [Fact]
    public async Task An_upload_is_completed_only_with_the_parts_that_came_in()
    {
        var (root, _) = await RunAsync();
        var ticket = await BeginAsync(root, 2);
        await PartAsync(ticket, 1, "x");

        Message(await CompleteAsync("""[{"part_number": 2, "etag": "e"}]""")).ShouldBe($"Part 2 of the upload '{ticket["upload_id"]}' has not come in. Send it again, then complete the upload.");
        Message(await CompleteAsync("""[{"part_number": 1, "etag": "e"}]""")).ShouldContain("not e.");
        Message(await CompleteAsync("[]")).ShouldBe("An upload is completed with the list of its parts; it is empty.");

        Task<Answer> CompleteAsync(string parts) =>
            server.SendJsonAsync("POST", $"{Proxy}/mpu/complete/{root}/big", $$"""{"path": "file.bin", "upload_id": "{{ticket["upload_id"]}}", "parts": {{parts}}}""");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task No_path_leads_out_of_the_runs_files(string method)
    {
        var (root, _) = await RunAsync();
        string[] paths =
        [
            $"{root}/../../../../etc/passwd", $"{root}/%2e%2e/%2e%2e/x", $"{root}/..%2f..%2fx", $"{root}/a/..%5cx", $"{root}/%00", $"{root}//etc/passwd", "etc/passwd", "..", "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            $"{root}/a%00b", $"0/{root.Split('/')[1]}/artifacts/x",
        ];

        foreach (var path in paths)
        {
            var answer = await server.SendAsync(method, $"{Proxy}/artifacts/{path}", method == "PUT" ? new StringContent("x") : null);
            ((int)answer.Status).ShouldBeOneOf([400, 404], $"{path}: {answer.Status} {answer.Body}");
        }

        (await server.SendAsync("GET", $"{Proxy}/artifacts?path={root}")).Body.ShouldBe("{}");
        await server.ShouldBeHealthyAsync();
    }

    [Fact]
    public async Task What_the_platform_exports_stays_as_it_is()
    {
        var run = (await server.ModelAsync()).RunId;
        var root = ((string)(await server.GetAsync($"runs/get?run_id={run}").OkAsync())["run"]!["info"]!["artifact_uri"]!)["mlflow-artifacts:/".Length..];

        Message(await server.SendAsync("PUT", $"{Proxy}/artifacts/{root}/model/model.onnx", new StringContent("x")))
            .ShouldBe("The platform trains this run, and 'model/model.onnx' is its own file; clients can't change it. Write to another path, or to a run of your own.");
        (await server.SendAsync("DELETE", $"{Proxy}/artifacts/{root}/model")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await server.SendAsync("PUT", $"{Proxy}/artifacts/{root}/notes/mine.txt", new StringContent("x"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<(string Root, string Run)> RunAsync()
    {
        var experiment = await server.ExperimentAsync("files");
        var run = await server.RunAsync(experiment);
        return ($"{experiment}/{run}/artifacts", run);
    }

    private async Task<JsonNode> BeginAsync(string root, int parts) =>
        await server.SendJsonAsync("POST", $"{Proxy}/mpu/create/{root}/big", $$"""{"path": "file.bin", "num_parts": {{parts}}}""").OkAsync();

    private async Task<string> PartAsync(JsonNode ticket, int part, string content)
    {
        var credential = ticket["credentials"]![part - 1]!;
        ((int)credential["part_number"]!).ShouldBe(part);
        using var request = new HttpRequestMessage(HttpMethod.Put, (string)credential["url"]!) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(content)) };
        foreach (var (name, value) in credential["headers"]!.AsObject())
            request.Headers.Add(name, (string)value!);
        using var response = await server.Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return $"\"{response.Headers.ETag!.Tag.Trim('"')}\"";
    }

    private async Task<Answer> SendPartAsync(JsonNode ticket, int part, string content, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, (string)ticket["credentials"]![part - 1]!["url"]!) { Content = new StringContent(content) };
        request.Headers.Add("X-Mtl-Upload-Secret", secret);
        using var response = await server.Client.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static string Message(Answer answer) => (string)answer.Json["message"]!;
}
