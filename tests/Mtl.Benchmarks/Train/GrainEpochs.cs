using Microsoft.Extensions.DependencyInjection;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;
using Mtl.Data.Writing;
using Mtl.Grains;
using Mtl.Grains.Contracts;
using Mtl.Grains.Tests.Hosting;
using Mtl.Storage;
using Mtl.Tracking.Runs;

namespace Mtl.Benchmarks.Train;

/// <summary>Epochs of a real run: a run grain on a silo, its training loop, SQLite for metrics and log, checkpoints on disk.</summary>
internal static class GrainEpochs
{
    private const int Epochs = 40;

    /// <summary>Seconds of the quickest epoch of the run, on one thread, from one epoch's metrics to the next one's.</summary>
    public static async Task<double> QuickestAsync(ExperimentDefinition definition, Table table)
    {
        var folder = Directory.CreateTempSubdirectory("mtl-bench-");
        try
        {
            var path = Path.Combine(folder.FullName, "table.csv");
            await using (var file = File.Create(path))
                CsvWriter.Write(file, table);
            using var storage = ServerStorage.Open(Path.Combine(folder.FullName, "data")).Value;
            await using var host = await GrainHost.StartAsync(
                services => services.AddSingleton(TimeProvider.System).AddStorage(storage).AddSingleton(new GrainsOptions()).AddMtlGrains(), typeof(RunGrain).Assembly);
            var id = await CompleteAsync(host, definition with
            {
                Data = new DataDefinition { Path = path }, Training = definition.Training with { Epochs = Epochs, Threads = 1, CheckpointSeconds = 10 }, Baselines = false,
            });
            var times = (await storage.Metrics.HistoryAsync(id))["all/val_loss"].Select(point => point.Time).ToArray();
            return times.Zip(times.Skip(1), (before, after) => (after - before).TotalSeconds).Min();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> CompleteAsync(GrainHost host, ExperimentDefinition definition)
    {
        var experiment = host.Grains.GetGrain<IExperimentGrain>("benchmark");
        _ = (await experiment.Create(DefinitionJson.Write(definition))).ToResult().Value;
        var id = (await experiment.Start(null)).ToResult().Value[0];
        await foreach (var change in host.Grains.GetGrain<IRunGrain>(id).Watch(0, 0, CancellationToken.None))
            if (change.Status is RunStatus.Failed or RunStatus.Cancelled)
                throw new InvalidOperationException($"The benchmark's run is {change.Status}.");
        return id;
    }
}
