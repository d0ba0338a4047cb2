using System.Net.Http.Json;
using System.Security.Cryptography;
using Mtl.Application.Experiments;
using Mtl.Application.Models;
using Mtl.Application.Runs;
using Mtl.Cli;
using Mtl.Core.Definitions;
using Mtl.Core.Signatures;
using Mtl.Tracking.Artifacts;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;

namespace Mtl.EndToEnd.Tests.Hosting;

/// <summary>A server's API as the tests use it.</summary>
internal sealed class ServerApi(Uri address) : IDisposable
{
    private const int AllPoints = 100_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(50);

    private readonly ApiClient client = new(address);
    private readonly HttpClient http = new() { BaseAddress = new Uri(address, "/api/v1/") };

    /// <summary>Stores the definition and starts it.</summary>
    /// <returns>The ids of its runs, the multi-task one first.</returns>
    public async Task<IReadOnlyList<string>> StartAsync(ExperimentDefinition definition) =>
        await client.StartAsync(await client.SaveAsync(definition, CancellationToken.None), CancellationToken.None);

    public Task<RunDetails> RunAsync(string run) => client.RunAsync(run, CancellationToken.None);

    public Task<IReadOnlyList<ExperimentSummary>> ExperimentsAsync() => GetAsync<IReadOnlyList<ExperimentSummary>>("experiments");

    public Task<IReadOnlyList<RunSummary>> RunsAsync() => client.RunsAsync(null, CancellationToken.None);

    public Task CommandAsync(string run, string command) => client.CommandAsync(run, command, CancellationToken.None);

    public Task<ModelVersion> ModelAsync(string run) => client.ModelOfRunAsync(run, CancellationToken.None);

    public Task<IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>>> MetricsAsync(string run) =>
        GetAsync<IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>>>($"runs/{run}/metrics?maximumPoints={AllPoints}");

    public Task<IReadOnlyList<LogLine>> LogAsync(string run) => GetAsync<IReadOnlyList<LogLine>>($"runs/{run}/log");

    public Task<IReadOnlyList<ArtifactFile>> ArtifactsAsync(string run) => GetAsync<IReadOnlyList<ArtifactFile>>($"runs/{run}/artifacts");

    public Task<ModelSignature> SignatureAsync(ModelVersion model) => GetAsync<ModelSignature>($"models/{model.Name}/versions/{model.Version}/signature");

    public async Task<RowPrediction> PredictAsync(ModelVersion model, IReadOnlyDictionary<string, string?> row)
    {
        using var response = await http.PostAsJsonAsync($"models/{model.Name}/versions/{model.Version}/predict", new[] { row }, DefinitionJson.Options);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<IReadOnlyList<RowPrediction>>(DefinitionJson.Options))![0];
    }

    /// <summary>Follows the run until it has done this many steps.</summary>
    public async Task<RunUpdate> UntilStepAsync(string run, long step)
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var update in client.WatchAsync(run, patience.Token))
        {
            update.Status.IsFinal().ShouldBeFalse($"run {run} ended at step {update.Progress.Step}, before step {step}");
            if (update.Status == RunStatus.Running && update.Progress.Step >= step)
                return update;
        }

        throw new InvalidOperationException($"The updates of run {run} ended before step {step}.");
    }

    /// <summary>Waits until the run has come to <paramref name="wanted"/>; another end than that fails with the run's reason.</summary>
    public async Task<RunDetails> UntilAsync(string run, RunStatus wanted) => await UntilAsync(
        run,
        details =>
        {
            var summary = details.Summary;
            (summary.Status.IsFinal() && summary.Status != wanted).ShouldBeFalse($"run {summary.Name} is {summary.Status}, not {wanted}: {summary.Failure}");
            return summary.Status == wanted;
        },
        $"{wanted}");

    /// <summary>Waits until the run is as wanted.</summary>
    public async Task<RunDetails> UntilAsync(string run, Func<RunDetails, bool> isAsWanted, string wanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(LookPeriod);
        while (true)
        {
            var details = await RunAsync(run);
            if (isAsWanted(details))
                return details;
            patience.IsCancellationRequested.ShouldBeFalse($"run {run} is {details.Summary.Status} at step {details.Summary.Progress.Step} after {Patience}; wanted: {wanted}");
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>The model's file.</summary>
    public async Task<byte[]> DownloadAsync(ModelVersion model)
    {
        using var file = new MemoryStream();
        await client.DownloadModelAsync(model, file, CancellationToken.None);
        var bytes = file.ToArray();
        Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(model.Sha256);
        return bytes;
    }

    public void Dispose()
    {
        client.Dispose();
        http.Dispose();
    }

    private async Task<T> GetAsync<T>(string path)
    {
        using var response = await http.GetAsync(path);
        response.IsSuccessStatusCode.ShouldBeTrue($"{path}: {await response.Content.ReadAsStringAsync()}");
        return (await response.Content.ReadFromJsonAsync<T>(DefinitionJson.Options))!;
    }
}
