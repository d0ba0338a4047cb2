using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Mtl.Core.Definitions;
using Mtl.Grains.Contracts;
using Mtl.Storage;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;
using Orleans;

namespace Mtl.Grains.Tests.Hosting;

/// <summary>The platform's grains over real stores in a temporary folder, with the small table; restarts keep the stores.</summary>
internal sealed class Platform : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string folder = Directory.CreateTempSubdirectory("mtl-grains-").FullName;

    private Platform()
    {
        Storage = ServerStorage.Open(Path.Combine(folder, "data")).Value;
        Table = Path.Combine(folder, "small.csv");
        SmallTable.Write(Table);
    }

    public ServerStorage Storage { get; }

    /// <summary>Path of the small table.</summary>
    public string Table { get; }

    public GrainHost Host { get; private set; } = null!;

    public IGrainFactory Grains => Host.Grains;

    public GrainsOptions Options => Host.Services.GetRequiredService<GrainsOptions>();

    public ITrainingSlotsGrain Slots => Grains.GetGrain<ITrainingSlotsGrain>(Options.SiloName);

    /// <summary>Starts with two cores for training; each start of the host is another process as far as leases go.</summary>
    public static async Task<Platform> StartAsync(Func<GrainsOptions, GrainsOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var platform = new Platform();
        platform.Host = await GrainHost.StartAsync(
            collection =>
            {
                var options = new GrainsOptions { TrainingCores = 2, Tick = TimeSpan.FromMilliseconds(10), SupervisorPeriod = TimeSpan.FromMilliseconds(100) };
                collection.AddSingleton(TimeProvider.System)
                    .AddStorage(platform.Storage)
                    .AddSingleton(configure?.Invoke(options) ?? options)
                    .AddMtlGrains();
                services?.Invoke(collection);
            },
            typeof(RunGrain).Assembly);
        return platform;
    }

    public IRunGrain Run(string id) => Grains.GetGrain<IRunGrain>(id);

    public IExperimentGrain Experiment(string id) => Grains.GetGrain<IExperimentGrain>(id);

    public async Task<IExperimentGrain> CreateAsync(ExperimentDefinition definition, string id = "experiment")
    {
        var experiment = Experiment(id);
        (await experiment.Create(DefinitionJson.Write(definition))).ToResult().Value.ShouldBe(id);
        return experiment;
    }

    /// <summary>Creates an experiment of its own for the definition and starts it; the ids of its runs.</summary>
    public async Task<string[]> StartRunsAsync(ExperimentDefinition definition, string id = "experiment")
    {
        var experiment = await CreateAsync(definition, id);
        return (await experiment.Start(null)).ToResult().Value;
    }

    public async Task<string> StartRunAsync(ExperimentDefinition definition, string id = "experiment") => (await StartRunsAsync(definition, id)).ShouldHaveSingleItem();

    /// <summary>Watches the run until an event meets the condition, and gives that event.</summary>
    public async Task<RunEvent> UntilAsync(string runId, Func<RunEvent, bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        RunEvent? last = null;
        await foreach (var change in Run(runId).Watch(0, 0, patience.Token).WithCancellation(patience.Token))
        {
            last = change;
            if (condition(change))
                return change;
        }

        throw new InvalidOperationException($"The run ended before that: {last} {(await StoredAsync(runId)).Failure}");
    }

    public Task UntilStepAsync(string runId, long step) => UntilAsync(runId, change => change.Step >= step);

    /// <summary>Watches the run to its end.</summary>
    public async Task<Run> EndOfAsync(string runId)
    {
        await UntilAsync(runId, change => change.Status.IsFinal());
        return await StoredAsync(runId);
    }

    public async Task CompleteAsync(string runId)
    {
        var run = await EndOfAsync(runId);
        run.Failure.ShouldBe("");
        run.Status.ShouldBe(RunStatus.Completed);
    }

    public async Task<Run> StoredAsync(string runId) => (await Storage.Runs.GetAsync(runId)).Value;

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>>> HistoryAsync(string runId) => await Storage.Metrics.HistoryAsync(runId);

    public async Task<IReadOnlyList<LogLine>> LogAsync(string runId) => await Storage.Logs.ReadAsync(runId);

    /// <summary>Paths of the run's checkpoints on disk, the newest first.</summary>
    public async Task<string[]> CheckpointsAsync(string runId) =>
        [.. (await Storage.Artifacts.ListAsync(runId)).Select(file => file.Path).Where(RunFiles.IsCheckpoint).OrderDescending().Select(path => ArtifactPath(runId, path))];

    public string ArtifactPath(string runId, string path) => Path.Combine(Storage.Folder.ArtifactsFolder, runId, path);

    public Task<byte[]> ModelAsync(string runId) => File.ReadAllBytesAsync(ArtifactPath(runId, RunFiles.Model));

    public T Document<T>(string runId, string path) => JsonSerializer.Deserialize<T>(File.ReadAllBytes(ArtifactPath(runId, path)), DefinitionJson.Options)!;

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Storage.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
