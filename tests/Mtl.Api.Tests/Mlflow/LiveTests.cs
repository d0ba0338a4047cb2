using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Mlflow;

/// <summary>A client's run in the platform's own stream of changes, which the dashboard's page shows.</summary>
[Collection(ServerCollection.Name)]
public sealed class LiveTests(RunningServer server)
{
    [Fact]
    public async Task What_a_client_logs_comes_as_it_is_logged()
    {
        var run = await server.RunAsync();
        await LogAsync(run, "loss", 0.5, step: 0);
        await using var events = await server.Client.GetStreamAsync($"/api/v1/runs/{run}/events");
        await using var updates = SseParser.Create(events).EnumerateAsync().GetAsyncEnumerator();

        (await NextAsync(updates)).ShouldBe("running: loss@0=0.5");

        // Another metric has steps of its own; a step may come late, and twice.
        await LogAsync(run, "accuracy", 0.75, step: 0);
        (await NextAsync(updates)).ShouldBe("running: accuracy@0=0.75");
        await LogAsync(run, "loss", 0.25, step: 3);
        (await NextAsync(updates)).ShouldBe("running: loss@3=0.25");

        await server.PostAsync("runs/update", $$"""{"run_id": "{{run}}", "status": "FINISHED", "end_time": 1700000009000}""").OkAsync();
        (await NextAsync(updates)).ShouldBe("completed: ");
        (await updates.MoveNextAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_clients_run_is_a_run_of_the_platforms_own_api()
    {
        var run = await server.RunAsync();
        await LogAsync(run, "loss", 0.5, step: 0);

        var found = (await server.SendAsync("GET", $"/api/v1/runs/{run}")).Json["summary"]!;

        ((string)found["kind"]!, (string)found["status"]!, found["metrics"]!.ToJsonString()).ShouldBe(("tracked", "running", """{"loss":0.5}"""));
        (await server.SendAsync("GET", $"/api/v1/runs/{run}/metrics")).Json["loss"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_clients_run_is_not_trained_here_but_can_be_ended()
    {
        var run = await server.RunAsync();

        foreach (var command in (string[])["pause", "resume"])
            (await server.SendAsync("POST", $"/api/v1/runs/{run}/{command}")).Message.ShouldBe($"Run '{run}' is logged by a client, which alone can {command} it. When its client is gone, cancel it.");
        (await server.SendAsync("POST", $"/api/v1/runs/{run}/cancel")).Status.ShouldBe(HttpStatusCode.OK);
        var info = (await server.GetAsync($"runs/get?run_id={run}").OkAsync())["run"]!["info"]!;
        ((string)info["status"]!, info["end_time"] is not null).ShouldBe(("KILLED", true));
        (await server.SendAsync("POST", $"/api/v1/runs/{run}/cancel")).Message.ShouldBe($"Run '{run}' is cancelled; 'cancel' is not possible then. A finished run stays as it is; start a new one.");
    }

    private Task LogAsync(string run, string key, double value, int step) =>
        server.PostAsync("runs/log-metric", new JsonObject { ["run_id"] = run, ["key"] = key, ["value"] = value, ["timestamp"] = 1700000001000 + step, ["step"] = step }.ToJsonString()).OkAsync();

    private static async Task<string> NextAsync(IAsyncEnumerator<SseItem<string>> updates)
    {
        (await updates.MoveNextAsync()).ShouldBeTrue();
        var update = JsonNode.Parse(updates.Current.Data)!;
        return $"{update["status"]}: {string.Join(' ', update["points"]!.AsArray().Select(point => $"{point!["key"]}@{point["step"]}={point["value"]}"))}";
    }
}
