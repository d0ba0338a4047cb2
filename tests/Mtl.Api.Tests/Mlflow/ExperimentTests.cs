using System.Net;
using System.Text.Json.Nodes;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Mlflow;

/// <summary>Experiments over the wire.</summary>
[Collection(ServerCollection.Name)]
public sealed class ExperimentTests(RunningServer server)
{
    [Fact]
    public async Task An_experiment_is_made_tagged_renamed_deleted_and_restored()
    {
        var name = $"experiment {Guid.NewGuid():N}";
        var id = (string)(await server.PostAsync("experiments/create", $$"""{"name": "{{name}}", "tags": [{"key": "team", "value": "a"}]}""").OkAsync())["experiment_id"]!;
        await server.PostAsync("experiments/set-experiment-tag", $$"""{"experiment_id": "{{id}}", "key": "goal", "value": "ü"}""").OkAsync();
        await server.PostAsync("experiments/delete-experiment-tag", $$"""{"experiment_id": "{{id}}", "key": "team"}""").OkAsync();
        await server.PostAsync("experiments/update", $$"""{"experiment_id": "{{id}}", "new_name": "{{name}}, renamed"}""").OkAsync();
        (await server.PostAsync("experiments/delete", $$"""{"experiment_id": "{{id}}"}""")).ShouldBe(new Answer(HttpStatusCode.OK, "{}"));

        var deleted = (await server.GetAsync($"experiments/get-by-name?experiment_name={Uri.EscapeDataString($"{name}, renamed")}").OkAsync())["experiment"]!;
        ((string)deleted["experiment_id"]!, (string)deleted["lifecycle_stage"]!).ShouldBe((id, "deleted"));
        deleted["tags"]!.AsArray().Select(tag => ((string)tag!["key"]!, (string)tag["value"]!)).ShouldBe([("goal", "ü")]);
        await server.PostAsync("experiments/restore", $$"""{"experiment_id": "{{id}}"}""").OkAsync();
        ((string)(await server.GetAsync($"experiments/get?experiment_id={id}").OkAsync())["experiment"]!["lifecycle_stage"]!).ShouldBe("active");
    }

    [Fact]
    public async Task Experiments_are_searched_in_pages_by_GET_and_by_POST()
    {
        var mark = Guid.NewGuid().ToString("N");
        string[] names = [.. Enumerable.Range(0, 5).Select(number => $"{mark} {number}")];
        foreach (var name in names)
            await server.PostAsync("experiments/create", $$"""{"name": "{{name}}"}""").OkAsync();

        var filter = $"name LIKE '{mark}%'";
        var first = await server.PostAsync("experiments/search", new JsonObject { ["filter"] = filter, ["max_results"] = 3, ["order_by"] = new JsonArray("name DESC") }.ToJsonString()).OkAsync();
        var second = await server.GetAsync(
            $"experiments/search?filter={Uri.EscapeDataString(filter)}&max_results=3&order_by=name%20DESC&page_token={Uri.EscapeDataString((string)first["next_page_token"]!)}").OkAsync();

        NamesOf(first).Concat(NamesOf(second)).ShouldBe(names.Reverse());
        second["next_page_token"].ShouldBeNull();
        NamesOf(await server.SendAsync("GET", "/ajax-api/2.0/mlflow/experiments/list?view_type=ALL").OkAsync()).ShouldContain("Default");
    }

    [Fact]
    public async Task A_page_token_of_another_search_is_refused()
    {
        foreach (var number in (int[])[1, 2])
            await server.ExperimentAsync($"token {number}");
        var token = (string)(await server.PostAsync("experiments/search", """{"max_results": 1, "order_by": ["name"]}""").OkAsync())["next_page_token"]!;

        var refused = await server.PostAsync("experiments/search", new JsonObject { ["max_results"] = 1, ["filter"] = "name = 'x'", ["page_token"] = token }.ToJsonString());
        var broken = await server.PostAsync("experiments/search", """{"page_token": "broken"}""");

        (refused.Status, broken.Status).ShouldBe((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), $"{refused.Body} {broken.Body}");
        ((string?)refused.Json["error_code"], (string?)broken.Json["error_code"]).ShouldBe(("INVALID_PARAMETER_VALUE", "INVALID_PARAMETER_VALUE"));
    }

    private static string[] NamesOf(JsonNode page) => [.. page["experiments"]!.AsArray().Select(experiment => (string)experiment!["name"]!)];
}
