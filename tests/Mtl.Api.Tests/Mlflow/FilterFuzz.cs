using System.Net;
using System.Text.Json.Nodes;
using FsCheck.Fluent;
using Mtl.Api.Tests.Hosting;
using Mtl.Tracking.Tests.Search;

namespace Mtl.Api.Tests.Mlflow;

/// <summary>Random filters and orders through a server and its store: each is answered or refused, none breaks it.</summary>
internal sealed class FilterFuzz(RunningServer server)
{
    private const int Searches = 10_000;
    private const int AtOnce = 8;

    private static readonly (string Route, string Extra)[] Routes =
    [
        ("runs/search", "runs"), ("runs/search", "runs"), ("experiments/search", ""), ("logged-models/search", "logged"), ("registered-models/search", "get"), ("model-versions/search", "get"),
    ];

    public async Task RunAsync()
    {
        var experiment = await server.ExperimentAsync("fuzz");
        var run = await server.RunAsync(experiment);
        await server.PostAsync(
            "runs/log-batch",
            $$"""
            {"run_id": "{{run}}", "metrics": [{"key": "loss", "value": 0.5, "timestamp": 1}, {"key": "val loss", "value": "NaN", "timestamp": 1}], "params": [{"key": "lr", "value": "a"}],
             "tags": [{"key": "team", "value": "a%b_c"}]}
            """).OkAsync();
        var filters = RandomFilters.Filters.Sample(Searches, 50).ToArray();
        var orders = RandomFilters.Orders.Sample(Searches, 50).ToArray();

        var statuses = new HttpStatusCode[Searches];
        await Parallel.ForEachAsync(Enumerable.Range(0, Searches), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (index, _) =>
        {
            var (route, kind) = Routes[index % Routes.Length];
            var answer = await SearchAsync(route, kind, experiment, filters[index], index % 3 == 0 ? orders[index] : null);
            statuses[index] = answer.Status;
            if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.BadRequest))
                throw new ShouldAssertException($"{route} with filter «{filters[index]}» and order «{orders[index]}»: {answer.Status} {answer.Body}");
        });

        statuses.Count(status => status == HttpStatusCode.OK).ShouldBeGreaterThan(Searches / 20);
        statuses.Count(status => status == HttpStatusCode.BadRequest).ShouldBeGreaterThan(Searches / 20);
        await server.ShouldBeHealthyAsync();
    }

    private Task<Answer> SearchAsync(string route, string kind, string experiment, string filter, string? order)
    {
        if (kind == "get")
            return server.GetAsync($"{route}?filter={Escaped(filter)}{(order is null ? "" : $"&order_by={Escaped(order)}")}");
        var body = new JsonObject { ["filter"] = Whole(filter), ["max_results"] = 5 };
        if (kind.Length > 0)
            body["experiment_ids"] = new JsonArray(experiment, "0");
        if (order is not null)
            body["order_by"] = kind == "logged" ? new JsonArray(new JsonObject { ["field_name"] = Whole(order), ["ascending"] = true }) : new JsonArray(Whole(order));
        return server.PostAsync(route, body.ToJsonString());
    }

    /// <summary>Half of a surrogate pair can't be sent as UTF-8; the client replaces it.</summary>
    private static string Whole(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    private static string Escaped(string text) => Uri.EscapeDataString(Whole(text));
}
