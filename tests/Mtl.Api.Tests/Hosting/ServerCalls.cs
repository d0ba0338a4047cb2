using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;

namespace Mtl.Api.Tests.Hosting;

/// <summary>Requests as the tests write them.</summary>
internal static class ServerCalls
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Sends a request exactly as it is written, dots and percent signs included.</summary>
    public static async Task<Answer> SendAsync(this RunningServer server, string method, string path, HttpContent? content = null)
    {
        var address = new Uri(server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) + path, AsWritten);
        using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = content };
        using var response = await server.Client.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public static Task<Answer> SendJsonAsync(this RunningServer server, string method, string path, string json) =>
        server.SendAsync(method, path, new StringContent(json, Encoding.UTF8, "application/json"));

    /// <summary>Uploads a table and gives back its id.</summary>
    public static async Task<string> UploadAsync(this RunningServer server, string name, string csv) =>
        (string)(await server.SendAsync("POST", $"/api/v1/datasets?name={name}", new StringContent(csv))).Json["id"]!;

    /// <summary>Creates an experiment, starts it, waits for its run's end and gives back the run's id and details.</summary>
    public static async Task<(string Id, JsonNode Details)> RunAsync(this RunningServer server, string definition)
    {
        var experiment = (await server.SendJsonAsync("POST", "/api/v1/experiments", definition)).Json["id"];
        var run = (string)(await server.SendAsync("POST", $"/api/v1/experiments/{experiment}/runs")).Json["runs"]![0]!;
        await using var events = await server.Client.GetStreamAsync($"/api/v1/runs/{run}/events");
        await foreach (var _ in SseParser.Create(events).EnumerateAsync())
        {
            // The stream ends with the run.
        }

        return (run, (await server.SendAsync("GET", $"/api/v1/runs/{run}")).Json);
    }

    /// <summary>The server still answers, and can reach its store.</summary>
    public static async Task ShouldBeHealthyAsync(this RunningServer server) => (await server.SendAsync("GET", "/health/ready")).ShouldBe(new Answer(HttpStatusCode.OK, "ready"));
}
