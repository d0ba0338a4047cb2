using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mtl.Testing.Load;

/// <summary>The few calls of MLflow's protocol that load tests need.</summary>
public sealed class MlflowClient(Uri server) : IDisposable
{
    private const int PageSize = 25_000;

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(server, "/api/2.0/mlflow/"), Timeout = TimeSpan.FromMinutes(5) };

    public async Task<string> CreateExperimentAsync(string name) => (string)(await PostAsync("experiments/create", new JsonObject { ["name"] = name }))["experiment_id"]!;

    public async Task<string> CreateRunAsync(string experiment, string name) => (string)(await PostAsync(
        "runs/create", new JsonObject { ["experiment_id"] = experiment, ["run_name"] = name, ["start_time"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() }))["run"]!["info"]!["run_id"]!;

    public async Task<JsonNode> PostAsync(string path, JsonObject body)
    {
        using var response = await http.PostAsJsonAsync(path, body);
        return await ReadAsync(response, path);
    }

    public Task<HttpResponseMessage> LogBatchAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new("application/json");
        return http.PostAsync("runs/log-batch", content, cancellation);
    }

    /// <summary>A metric's whole history, page by page.</summary>
    public async IAsyncEnumerable<(long Step, double Value)> HistoryAsync(string run, string key, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string? token = null;
        do
        {
            var path = $"metrics/get-history?run_id={run}&metric_key={Uri.EscapeDataString(key)}&max_results={PageSize}{(token is null ? "" : $"&page_token={Uri.EscapeDataString(token)}")}";
            using var response = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!response.IsSuccessStatusCode)
                await ReadAsync(response, path);
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            using var page = await JsonDocument.ParseAsync(stream, cancellationToken: cancellation);
            if (page.RootElement.TryGetProperty("metrics", out var points))
            {
                foreach (var point in points.EnumerateArray())
                    yield return (Whole(point.GetProperty("step")), point.GetProperty("value").GetDouble());
            }

            token = page.RootElement.TryGetProperty("next_page_token", out var next) && next.GetString() is { Length: > 0 } further ? further : null;
        }
        while (token is not null);
    }

    public void Dispose() => http.Dispose();

    /// <summary>JSON of proto3 writes whole numbers of 64 bits as texts, MLflow's server as numbers.</summary>
    private static long Whole(JsonElement element) => element.ValueKind == JsonValueKind.String ? long.Parse(element.GetString()!, System.Globalization.CultureInfo.InvariantCulture) : element.GetInt64();

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response, string path)
    {
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}: {text}");
    }
}
