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
        var path = Path.Combine(options.DatasetsFolder, "sample-households.csv");
        if (File.Exists(path))
            return;

        var partial = $"{path}.new";
        SampleData.WriteCsv(partial, Seed);
        File.Move(partial, path, overwrite: true);
        var dataset = await datasets.AddPathAsync(path, stoppingToken);
        await experiments.CreateAsync(Definition(dataset.Value.Id), stoppingToken);
    }

    private static ExperimentDefinition Definition(string dataset) => new(
        "Sample: households",
        new DataDefinition { Dataset = dataset },
        [
            new TaskDefinition("annual-kwh", "annual_kwh", TaskKind.Regression),
            new TaskDefinition("heat-pump-interest", "heat_pump_interest", TaskKind.Binary) { Positive = "yes" },
            new TaskDefinition("tariff", "tariff", TaskKind.Multiclass),
        ])
    {
        Description = "Made-up households of an energy supplier: one network predicts the electricity they use, their interest in a heat pump, and their tariff.",
        Inputs = new InputsDefinition { Exclude = ["household_id"] },
        Weighting = new Choice("uw"),
    };
}
