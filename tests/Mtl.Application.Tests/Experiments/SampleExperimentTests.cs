using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mtl.Application.Experiments;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Data.Generators;
using Mtl.Grains.Tests.Hosting;
using Mtl.Learning.Training;

namespace Mtl.Application.Tests.Experiments;

/// <summary>The experiment that a new data folder comes with.</summary>
public sealed class SampleExperimentTests
{
    [Fact]
    public async Task It_is_there_once_and_stays_away_when_it_was_deleted()
    {
        await using var platform = await StartAsync();
        var experiments = platform.Host.Services.GetRequiredService<IExperiments>();
        await MadeAsync(platform);
        var sample = (await experiments.ListAsync()).ShouldHaveSingleItem();
        sample.Name.ShouldBe("Sample: households");
        sample.Tasks.ShouldBe(["annual-kwh", "heat-pump-interest", "tariff"]);

        await platform.Host.RestartAsync();
        await MadeAsync(platform);
        experiments = platform.Host.Services.GetRequiredService<IExperiments>();
        (await experiments.ListAsync()).ShouldHaveSingleItem().Id.ShouldBe(sample.Id);

        (await experiments.DeleteAsync(sample.Id)).IsSuccess.ShouldBeTrue();
        await platform.Host.RestartAsync();
        await MadeAsync(platform);
        (await platform.Host.Services.GetRequiredService<IExperiments>().ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Its_definition_fits_its_table()
    {
        await using var platform = await StartAsync();
        await MadeAsync(platform);
        var experiment = (await platform.Storage.Experiments.ListAsync()).Single(stored => stored.Definition is not null);
        var dataset = (await platform.Storage.Datasets.GetAsync(experiment.Definition!.Data.Dataset)).Value;
        dataset.Rows.ShouldBe(SampleData.RowCount);

        var table = Data.Reading.TableReader.Read(dataset.Path).Value;
        var plan = TrainingPlan.Create(experiment.Definition!, table, platform.Host.Services.GetRequiredService<ICatalogue>()).Value;

        plan.Tasks.Select(task => task.Kind).ShouldBe([TaskKind.Regression, TaskKind.Binary, TaskKind.Multiclass]);
        plan.Signature.Inputs.Select(input => input.Name).ShouldNotContain("household_id");
    }

    private static Task<Platform> StartAsync() => Platform.StartAsync(services: services => services.AddMtlApplication(new ApplicationOptions
    {
        DatasetsFolder = services.Select(service => service.ImplementationInstance).OfType<Storage.Folders.DataFolder>().Single().DatasetsFolder,
    }));

    /// <summary>Waits for the sample's maker to be done, as a hosted service that ends.</summary>
    private static Task MadeAsync(Platform platform) =>
        platform.Host.Services.GetServices<IHostedService>().OfType<BackgroundService>().Single(service => service.GetType().Name == "SampleExperiment").ExecuteTask!;
}
