using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Mtl.Host;

namespace Mtl.Api.Tests.Mlflow;

/// <summary>An upload in parts over two servers on one data folder.</summary>
public sealed class UploadRestartTests : IDisposable
{
    private const string Api = "/api/2.0/mlflow";
    private const string Proxy = "/api/2.0/mlflow-artifacts";

    private readonly string folder = Directory.CreateTempSubdirectory("mtl-restart-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task An_upload_begun_before_a_restart_is_completed_after_it_and_another_given_up()
    {
        JsonNode kept, dropped;
        string root, first;
        await using (var server = await StartAsync())
        {
            using var client = new HttpClient { BaseAddress = server.Address };
            var run = await PostAsync(client, $"{Api}/runs/create", new { experiment_id = "0" });
            root = ((string)run["run"]!["info"]!["artifact_uri"]!)["mlflow-artifacts:/".Length..];
            kept = await PostAsync(client, $"{Proxy}/mpu/create/{root}", new { path = "kept.bin", num_parts = 2 });
            dropped = await PostAsync(client, $"{Proxy}/mpu/create/{root}", new { path = "dropped.bin", num_parts = 1 });
            first = await PartAsync(client, kept, 1, "one, ");
            await PartAsync(client, dropped, 1, "lost");
        }

        await using var restarted = await StartAsync();
        using var again = new HttpClient { BaseAddress = restarted.Address };
        var second = await PartAsync(again, kept, 2, "two");
        await PostAsync(again, $"{Proxy}/mpu/complete/{root}", new
        {
            path = "kept.bin", upload_id = (string)kept["upload_id"]!, parts = new[] { new { part_number = 1, etag = first }, new { part_number = 2, etag = second } },
        });
        await PostAsync(again, $"{Proxy}/mpu/abort/{root}", new { path = "dropped.bin", upload_id = (string)dropped["upload_id"]! });

        (await again.GetStringAsync($"{Proxy}/artifacts/{root}/kept.bin")).ShouldBe("one, two");
        (await again.GetAsync($"{Proxy}/artifacts/{root}/dropped.bin")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Directory.EnumerateFileSystemEntries(Path.Combine(folder, "incoming", "parts")).ShouldBeEmpty();
    }

    private async Task<MtlServer> StartAsync() => (await MtlServer.StartAsync(new ServerOptions(folder, Port: 0), CancellationToken.None)).Value;

    private static async Task<JsonNode> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static async Task<string> PartAsync(HttpClient client, JsonNode ticket, int number, string content)
    {
        var credential = ticket["credentials"]![number - 1]!;
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri((string)credential["url"]!).AbsolutePath) { Content = new StringContent(content) };
        foreach (var (name, value) in credential["headers"]!.AsObject())
            request.Headers.Add(name, (string)value!);
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return answer.Headers.ETag!.Tag;
    }
}
