using System.Net;
using System.Text.Json.Nodes;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Mlflow;

/// <summary>Requests of MLflow's clients as the tests write them.</summary>
internal static class MlflowCalls
{
    private const string Root = "/api/2.0/mlflow/";

    /// <summary>Sends JSON to a route of the tracking API.</summary>
    public static Task<Answer> PostAsync(this RunningServer server, string route, string json, string method = "POST") => server.SendJsonAsync(method, Root + route, json);

    public static Task<Answer> GetAsync(this RunningServer server, string route) => server.SendAsync("GET", Root + route);

    /// <summary>The answer's JSON; fails on an error.</summary>
    public static async Task<JsonNode> OkAsync(this Task<Answer> sent)
    {
        var answer = await sent;
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        return answer.Json;
    }

    /// <summary>Creates an experiment of a name of its own and gives back its id.</summary>
    public static async Task<string> ExperimentAsync(this RunningServer server, string name) =>
        (string)(await server.PostAsync("experiments/create", $$"""{"name": "{{name}} {{Guid.NewGuid():N}}"}""").OkAsync())["experiment_id"]!;

    /// <summary>Creates a run and gives back its id.</summary>
    public static async Task<string> RunAsync(this RunningServer server, string experiment, string name = "run") =>
        (string)(await server.PostAsync("runs/create", $$"""{"experiment_id": "{{experiment}}", "run_name": "{{name}}", "start_time": 1700000000000}""").OkAsync())["run"]!["info"]!["run_id"]!;

    /// <summary>A run in an experiment of its own.</summary>
    public static async Task<string> RunAsync(this RunningServer server) => await server.RunAsync(await server.ExperimentAsync("runs"));
}
