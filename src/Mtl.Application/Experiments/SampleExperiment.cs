using Microsoft.Extensions.Hosting;
using Mtl.Application.Datasets;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Data.Generators;

namespace Mtl.Application.Experiments;

/// <summary>Puts an experiment that is ready to run into a new data folder: three related tasks on a table that the platform generates. Deleted, it stays away.</summary>
internal sealed class SampleExperiment(IDatasets datasets, IExperiments experiments, ApplicationOptions options) : BackgroundService
{
    private const ulong Seed = 7;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var path = Path.Combine(options.DatasetsFolder, "sample-homes.csv");
        if (File.Exists(path))
            return;

        var partial = $"{path}.new";
        SampleData.WriteCsv(partial, Seed);
        File.Move(partial, path, overwrite: true);
        var dataset = await datasets.AddPathAsync(path, stoppingToken);
        await experiments.CreateAsync(Definition(dataset.Value.Id), stoppingToken);
    }

    private static ExperimentDefinition Definition(string dataset) => new(
        "Sample: homes",
        new DataDefinition { Dataset = dataset },
        [
            new TaskDefinition("price", "price", TaskKind.Regression),
            new TaskDefinition("sold", "sold", TaskKind.Binary) { Positive = "yes" },
            new TaskDefinition("tier", "tier", TaskKind.Multiclass),
        ])
    {
        Description = "Generated homes: predict the price, whether the home sells within a month, and its quality tier, with one network.",
        Weighting = new Choice("uw"),
    };
}
