using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mtl.Application.Access;
using Mtl.Application.Datasets;
using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Data.Generators;

namespace Mtl.Application.Experiments;

/// <summary>
/// Puts an experiment that is ready to run into a new data folder: three related tasks on a table that the platform generates. Deleted, it stays away: a mark in the folder says that it has
/// been there. Without it the server works as well, so a failure is logged and nothing more.
/// </summary>
internal sealed partial class SampleExperiment(IServiceScopeFactory scopes, ApplicationOptions options, ILogger<SampleExperiment> logger) : BackgroundService
{
    private const ulong Seed = 7;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var mark = Path.Combine(options.DatasetsFolder, ".sample-made");
        if (File.Exists(mark))
            return;

        try
        {
            var made = await MakeAsync(stoppingToken);
            if (made.IsSuccess || made.Error.Kind == ErrorKind.Conflict)
                await File.WriteAllTextAsync(mark, "", stoppingToken);
            else
                LogFailed(null, made.Error.ToString());
        }
#pragma warning disable CA1031 // The server is there for more than its sample.
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(e, e.Message);
        }
    }

    private async Task<Result<string>> MakeAsync(CancellationToken cancellation)
    {
        var path = Path.Combine(options.DatasetsFolder, "sample-households.csv");
        if (!File.Exists(path))
        {
            SampleData.WriteCsv($"{path}.new", Seed);
            File.Move($"{path}.new", path);
        }

        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CallerContext>().PresentAsync(Credential.System, from: null, requestId: "", cancellation);
        var experiments = scope.ServiceProvider.GetRequiredService<IExperiments>();
        var dataset = await scope.ServiceProvider.GetRequiredService<IDatasets>().AddPathAsync(path, cancellation);
        return dataset.IsSuccess ? await experiments.CreateAsync(Definition(dataset.Value.Id), cancellation) : dataset.Error;
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

    [LoggerMessage(LogLevel.Warning, "The sample experiment can't be made; it is tried again at the next start. {Reason}")]
    private partial void LogFailed(Exception? cause, string reason);
}
