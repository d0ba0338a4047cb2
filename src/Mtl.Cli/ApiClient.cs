using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Mtl.Application.Experiments;
using Mtl.Application.Retention;
using Mtl.Application.Runs;
using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Tracking.Models;

namespace Mtl.Cli;

/// <summary>The server's API as commands use it. What the server refuses ends the command with the server's words.</summary>
public sealed class ApiClient(Uri address, string? token = null) : IDisposable
{
    private readonly HttpClient http = Connect(address, token);

    public Task<IReadOnlyList<ExperimentSummary>> ExperimentsAsync(CancellationToken cancellation) => GetAsync<IReadOnlyList<ExperimentSummary>>("experiments", cancellation);

    public Task<IReadOnlyList<MethodInfo>> MethodsAsync(CancellationToken cancellation) => GetAsync<IReadOnlyList<MethodInfo>>("methods", cancellation);

    public Task<IReadOnlyList<RunSummary>> RunsAsync(string? experimentId, CancellationToken cancellation) =>
        GetAsync<IReadOnlyList<RunSummary>>(experimentId is null ? "runs" : $"runs?experiment={experimentId}", cancellation);

    public Task<RunDetails> RunAsync(string id, CancellationToken cancellation) => GetAsync<RunDetails>($"runs/{Uri.EscapeDataString(id)}", cancellation);

    public Task<ModelVersion> ModelOfRunAsync(string runId, CancellationToken cancellation) => GetAsync<ModelVersion>($"runs/{Uri.EscapeDataString(runId)}/model", cancellation);

    public Task<IReadOnlyList<ModelVersion>> ModelsAsync(CancellationToken cancellation) => GetAsync<IReadOnlyList<ModelVersion>>("models", cancellation);

    /// <summary>Stores the definition, as a new experiment or as the new definition of the one of its name; gives back the experiment's id.</summary>
    public async Task<string> SaveAsync(ExperimentDefinition definition, CancellationToken cancellation)
    {
        using var found = await http.GetAsync($"experiments?name={Uri.EscapeDataString(definition.Name)}", cancellation);
        using var content = new StringContent(DefinitionJson.Write(definition), Encoding.UTF8, "application/json");
        if (!found.IsSuccessStatusCode)
        {
            using var created = await http.PostAsync("experiments", content, cancellation);
            return (await ReadAsync<Created>(created, cancellation)).Id;
        }

        var id = (await ReadAsync<ExperimentDetails>(found, cancellation)).Id;
        using var updated = await http.PutAsync($"experiments/{id}", content, cancellation);
        return (await ReadAsync<Created>(updated, cancellation)).Id;
    }

    public async Task<IReadOnlyList<string>> StartAsync(string experimentId, CancellationToken cancellation)
    {
        using var response = await http.PostAsync($"experiments/{experimentId}/runs", null, cancellation);
        return (await ReadAsync<Started>(response, cancellation)).Runs;
    }

    public async Task CommandAsync(string runId, string command, CancellationToken cancellation)
    {
        using var response = await http.PostAsync($"runs/{Uri.EscapeDataString(runId)}/{command}", null, cancellation);
        await EnsureAsync(response, cancellation);
    }

    public async IAsyncEnumerable<RunUpdate> WatchAsync(string runId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var response = await http.GetAsync($"runs/{runId}/events", HttpCompletionOption.ResponseHeadersRead, cancellation);
        await EnsureAsync(response, cancellation);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellation))
            yield return DefinitionJson.Read<RunUpdate>(item.Data).Value;
    }

    /// <summary>Copies what the address answers.</summary>
    public async Task DownloadAsync(string path, Stream target, CancellationToken cancellation)
    {
        using var response = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellation);
        await EnsureAsync(response, cancellation);
        await response.Content.CopyToAsync(target, cancellation);
    }

    /// <summary>Sends a run's archive; gives back the new run's id.</summary>
    public async Task<string> ImportRunAsync(string experimentId, Stream archive, CancellationToken cancellation)
    {
        using var content = new StreamContent(archive);
        using var response = await http.PostAsync($"experiments/{Uri.EscapeDataString(experimentId)}/import", content, cancellation);
        return (await ReadAsync<Imported>(response, cancellation)).Run;
    }

    public Task DownloadModelAsync(ModelVersion model, Stream target, CancellationToken cancellation) => DownloadAsync($"models/{model.Name}/versions/{model.Version}/file", target, cancellation);

    public async Task PredictCsvAsync(ModelVersion model, Stream csv, Stream target, CancellationToken cancellation)
    {
        using var content = new StreamContent(csv);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"models/{model.Name}/versions/{model.Version}/predict-csv") { Content = content };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        await EnsureAsync(response, cancellation);
        await response.Content.CopyToAsync(target, cancellation);
    }

    /// <summary>Removes for good what was deleted at least that many days ago; the server's own number when null.</summary>
    public async Task<Removal> RemoveDeletedAsync(int? days, CancellationToken cancellation)
    {
        using var response = await http.PostAsync(days is null ? "retention/remove" : $"retention/remove?days={days}", null, cancellation);
        return await ReadAsync<Removal>(response, cancellation);
    }

    /// <summary>Adds a user.</summary>
    public async Task CreateUserAsync(string name, string password, bool isAdministrator, CancellationToken cancellation)
    {
        using var response = await http.PostAsJsonAsync("users", new { name, password, administrator = isAdministrator }, cancellation);
        await EnsureAsync(response, cancellation);
    }

    /// <summary>Sets a user's password.</summary>
    public async Task SetPasswordAsync(string name, string password, CancellationToken cancellation)
    {
        using var response = await http.PatchAsJsonAsync($"users/{Uri.EscapeDataString(name)}", new { password }, cancellation);
        await EnsureAsync(response, cancellation);
    }

    public void Dispose() => http.Dispose();

    private static HttpClient Connect(Uri address, string? token)
    {
        var http = new HttpClient { BaseAddress = new Uri(address, "/api/v1/"), Timeout = Timeout.InfiniteTimeSpan };
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    private async Task<T> GetAsync<T>(string path, CancellationToken cancellation)
    {
        using var response = await http.GetAsync(path, cancellation);
        return await ReadAsync<T>(response, cancellation);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        await EnsureAsync(response, cancellation);
        return (await response.Content.ReadFromJsonAsync<T>(DefinitionJson.Options, cancellation))!;
    }

    private static async Task EnsureAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
            return;

        var text = await response.Content.ReadAsStringAsync(cancellation);
        throw new CommandFailedException(ErrorOf(text) ?? Error.Unavailable($"The server answered {(int)response.StatusCode} {response.ReasonPhrase}."));
    }

    private static Error? ErrorOf(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Refusal>(text, JsonSerializerOptions.Web) is { Message.Length: > 0 } refusal
                ? Error.Invalid(refusal.Field.Length > 0 ? $"{refusal.Field}: {refusal.Message}" : refusal.Message, refusal.Advice)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Created(string Id);

    private sealed record Imported(string Run);

    private sealed record Started(IReadOnlyList<string> Runs);

    private sealed record Refusal(string Message = "", string Advice = "", string Field = "");
}
