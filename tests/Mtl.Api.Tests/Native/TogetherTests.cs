using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Native;

/// <summary>What people do together, over HTTP.</summary>
[Collection(ServerCollection.Name)]
public sealed class TogetherTests(RunningServer server)
{
    [Fact]
    public async Task A_run_is_noted_tagged_commented_and_marked()
    {
        var (_, run) = await RunAsync("Together: words", "first");

        (await server.SendJsonAsync("PUT", $"/api/v1/runs/{run}/note", """{"note": "# hi"}""")).Status.ShouldBe(HttpStatusCode.OK);
        ((string)(await server.SendAsync("GET", $"/api/v1/runs/{run}/note")).Json["note"]!).ShouldBe("# hi");
        (await server.SendJsonAsync("PUT", $"/api/v1/runs/{run}/tags/data/set", """{"value": "blue"}""")).Status.ShouldBe(HttpStatusCode.OK);
        ((string)(await server.SendAsync("GET", $"/api/v1/runs/{run}/tags")).Json["data/set"]!).ShouldBe("blue");
        ((bool)(await server.SendAsync("DELETE", $"/api/v1/runs/{run}/tags/data/set")).Json["existed"]!).ShouldBeTrue();

        var said = await server.SendJsonAsync("POST", $"/api/v1/runs/{run}/comments", """{"text": "good"}""");
        said.Status.ShouldBe(HttpStatusCode.Created);
        (await server.SendJsonAsync("PUT", $"/api/v1/comments/{said.Json["id"]}", """{"text": "better"}""")).Status.ShouldBe(HttpStatusCode.OK);
        ((string)(await server.SendAsync("GET", $"/api/v1/runs/{run}/comments")).Json[0]!["text"]!).ShouldBe("better");
        (await server.SendAsync("DELETE", $"/api/v1/comments/{said.Json["id"]}")).Status.ShouldBe(HttpStatusCode.OK);
        ((bool)(await server.SendAsync("PUT", $"/api/v1/runs/{run}/favourite")).Json["isFavourite"]!).ShouldBeTrue();
    }

    [Theory]
    [InlineData("PUT", "/api/v1/runs/nope/note", """{"note": "x"}""", HttpStatusCode.NotFound, "There is no run 'nope'. List the runs to see which exist.")]
    [InlineData("PUT", "/api/v1/runs/nope/note", """{"nota": "x"}""", HttpStatusCode.BadRequest, null)]
    [InlineData("PUT", "/api/v1/runs/nope/tags/mlflow.user", """{"value": "x"}""", HttpStatusCode.BadRequest, null)]
    [InlineData("POST", "/api/v1/runs/archive", """{"runs": []}""", HttpStatusCode.BadRequest, "0 runs are named; 1 to 1,000 are allowed at once. Name the runs by their ids.")]
    [InlineData("POST", "/api/v1/webhooks", """{"name": "x", "url": "ftp://x/", "events": ["run.failed"]}""", HttpStatusCode.BadRequest, null)]
    [InlineData("GET", "/api/v1/experiments/nope/table", "", HttpStatusCode.NotFound, "There is no experiment 'nope'. List the experiments to see which exist.")]
    [InlineData("GET", "/api/v1/experiments/0/table?filter=metrics.x", "", HttpStatusCode.BadRequest, null)]
    [InlineData("GET", "/api/v1/experiments/0/table?sort=nonsense", "", HttpStatusCode.BadRequest, null)]
    [InlineData("GET", "/api/v1/experiments/0/table?token=nonsense", "", HttpStatusCode.BadRequest, null)]
    [InlineData("POST", "/api/v1/experiments/0/import", "no zip", HttpStatusCode.BadRequest, null)]
    public async Task What_can_not_be_is_refused_in_words(string method, string path, string body, HttpStatusCode status, string? message)
    {
        var answer = body.Length > 0 ? await server.SendJsonAsync(method, path, body) : await server.SendAsync(method, path);

        answer.Status.ShouldBe(status, answer.Body);
        answer.Message.ShouldNotBeEmpty();
        if (message is not null)
            answer.Message.ShouldBe(message);
    }

    [Fact]
    public async Task Runs_come_as_a_table_as_csv_and_in_groups()
    {
        var (experiment, first) = await RunAsync("Together: table", "first");
        await RunAsync("Together: table", "second", experiment);

        var page = await server.SendAsync("GET", $"/api/v1/experiments/{experiment}/table?filter=params.lr%20%3D%20'0.1'&sort=run_name&descending=true&size=1");
        page.Json["rows"]!.AsArray().Count.ShouldBe(1);
        ((string)page.Json["rows"]![0]!["name"]!).ShouldBe("second");
        var next = await server.SendAsync("GET", $"/api/v1/experiments/{experiment}/table?filter=params.lr%20%3D%20'0.1'&sort=run_name&descending=true&size=1&token={Uri.EscapeDataString((string)page.Json["nextToken"]!)}");
        ((string)next.Json["rows"]![0]!["id"]!).ShouldBe(first);
        (await server.SendAsync("GET", $"/api/v1/experiments/{experiment}/table.csv?sort=run_name&columns=params.lr,metrics.loss")).Body.ShouldContain(",first,0.1,0.5\r\n");
        var listed = (await server.SendAsync("GET", "/api/v1/experiments")).Json.AsArray().Single(item => (string)item!["id"]! == experiment)!;
        ((int)listed["runs"]!, (int)listed["activeRuns"]!).ShouldBe((2, 0));
        var groups = await server.SendAsync("GET", $"/api/v1/experiments/{experiment}/groups?by=params.lr");
        ((int)groups.Json["groups"]![0]!["metrics"]!["loss"]!["runs"]!).ShouldBe(2);
        (await server.SendAsync("GET", $"/api/v1/experiments/{experiment}/groups/curves?by=params.lr&metric=loss")).Json[0]!["points"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_is_exported_imported_moved_archived_and_restored()
    {
        var (experiment, run) = await RunAsync("Together: from", "traveller");
        var (target, _) = await RunAsync("Together: to", "other");

        using var archive = await server.Client.GetAsync($"/api/v1/runs/{run}/archive");
        archive.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        var bytes = await archive.Content.ReadAsByteArrayAsync();
        using (var zip = new ZipArchive(new MemoryStream(bytes)))
            zip.Entries.Select(entry => entry.FullName).ShouldContain("manifest.json");
        var imported = await server.SendAsync("POST", $"/api/v1/experiments/{target}/import", new ByteArrayContent(bytes));
        imported.Status.ShouldBe(HttpStatusCode.Created, imported.Body);
        (await server.SendAsync("GET", $"/api/v1/experiments/{target}/table")).Json["rows"]!.AsArray().Count.ShouldBe(2);

        ((int)(await server.SendJsonAsync("POST", "/api/v1/runs/move", $$"""{"runs": ["{{run}}"], "experiment": "{{target}}"}""")).Json["changed"]!).ShouldBe(1);
        ((int)(await server.SendJsonAsync("POST", "/api/v1/runs/archive", $$"""{"runs": ["{{run}}"]}""")).Json["changed"]!).ShouldBe(1);
        (await server.SendAsync("GET", $"/api/v1/experiments/{target}/table?archived=true")).Json["rows"]!.AsArray().Count.ShouldBe(1);
        ((int)(await server.SendJsonAsync("POST", "/api/v1/runs/restore", $$"""{"runs": ["{{run}}"]}""")).Json["changed"]!).ShouldBe(1);
        (await server.SendAsync("GET", $"/api/v1/experiments/{experiment}/table")).Json["rows"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_webhooks_secret_is_in_the_answer_that_makes_it_and_nowhere_else()
    {
        var made = await server.SendJsonAsync("POST", "/api/v1/webhooks", """{"name": "chat", "url": "https://example.org/hook", "events": ["run.failed"], "isActive": false}""");
        made.Status.ShouldBe(HttpStatusCode.Created, made.Body);
        var secret = (string)made.Json["secret"]!;
        var id = (string)made.Json["webhook"]!["id"]!;

        secret.ShouldStartWith("whsec_");
        (await server.SendAsync("GET", "/api/v1/webhooks")).Body.ShouldSatisfyAllConditions(body => body.ShouldContain(id), body => body.ShouldNotContain(secret), body => body.ShouldNotContain("ecret"));
        (await server.SendAsync("GET", $"/api/v1/webhooks/{id}/deliveries?status=dead")).Json.AsArray().ShouldBeEmpty();
        (await server.SendAsync("GET", $"/api/v1/webhooks/{id}/deliveries?status=lost")).Message.ShouldBe("'lost' is no state of deliveries; there are waiting, delivered, dead.");
        (await server.SendAsync("DELETE", $"/api/v1/webhooks/{id}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>A finished run with one parameter and one point, in the experiment of that name or id.</summary>
    private async Task<(string Experiment, string Run)> RunAsync(string experiment, string name, string? experimentId = null)
    {
        var id = experimentId ?? (string)(await MlflowAsync("experiments/create", new JsonObject { ["name"] = experiment }))["experiment_id"]!;
        var run = (string)(await MlflowAsync("runs/create", new JsonObject { ["experiment_id"] = id, ["run_name"] = name, ["start_time"] = 1 }))["run"]!["info"]!["run_id"]!;
        await MlflowAsync("runs/log-parameter", new JsonObject { ["run_id"] = run, ["key"] = "lr", ["value"] = "0.1" });
        await MlflowAsync("runs/log-metric", new JsonObject { ["run_id"] = run, ["key"] = "loss", ["value"] = 0.5, ["timestamp"] = 1, ["step"] = 1 });
        await MlflowAsync("runs/update", new JsonObject { ["run_id"] = run, ["status"] = "FINISHED", ["end_time"] = 2 });
        return (id, run);
    }

    private async Task<JsonNode> MlflowAsync(string path, JsonObject body)
    {
        var answer = await server.SendJsonAsync("POST", $"/api/2.0/mlflow/{path}", body.ToJsonString());
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        return answer.Json;
    }
}
