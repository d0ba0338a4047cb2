using System.Text.Json.Nodes;
using Mtl.EndToEnd.Tests.Hosting;

namespace Mtl.EndToEnd.Tests.Operations;

public sealed class LogTests
{
    [Fact(Timeout = 120_000)]
    public async Task With_json_every_line_is_an_object_and_requests_are_found_by_their_id()
    {
        using var folder = new TemporaryFolder();
        await using var server = await Server.StartAsync(folder["data"], ["--log", "json"]);
        using var client = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/runs/no%0Afail:%20forged?token=secret");
        request.Headers.Add("X-Request-Id", "asked-by-a-test");
        using var response = await client.SendAsync(request);
        (await server.StopAsync()).ShouldBe(0);

        var lines = server.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToArray();

        var entry = lines.Single(line => (string?)line["State"]?["RequestId"] == "asked-by-a-test");
        ((string)entry["LogLevel"]!).ShouldBe("Information");
        ((string)entry["Category"]!).ShouldBe("Mtl.Api.Requests");
        ((string)entry["Message"]!).ShouldStartWith("Request asked-by-a-test: GET /api/v1/runs/no%0Afail:%20forged answered 404 after ");
        DateTimeOffset.Parse((string)entry["Timestamp"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(2));
        entry["Scopes"]!.AsArray().Select(scope => (string?)scope!["RequestId"]).ShouldContain("asked-by-a-test");
        server.Output.ShouldNotContain("secret");
    }

    [Fact(Timeout = 120_000)]
    public async Task As_text_requests_that_went_well_are_not_logged()
    {
        using var folder = new TemporaryFolder();
        await using var server = await Server.StartAsync(folder["data"]);
        using var client = new HttpClient { BaseAddress = server.Address };
        using var response = await client.GetAsync("/api/v1/runs/nope");
        (await server.StopAsync()).ShouldBe(0);

        server.Output.ShouldContain(server.Greeting);
        server.Output.ShouldNotContain("nope");
    }
}
