using Microsoft.Extensions.DependencyInjection;
using Mtl.Application.Datasets;
using Mtl.Application.Experiments;
using Mtl.Application.Models;
using Mtl.Application.Runs;

namespace Mtl.Application;

/// <summary>Registers the use cases. Stores, grain factory, catalogue and clock are registered by the host.</summary>
public static class ApplicationServices
{
    public static IServiceCollection AddMtlApplication(this IServiceCollection services, ApplicationOptions options)
    {
        services
            .AddSingleton(options)
            .AddSingleton<RunSummaries>()
            .AddSingleton<IDatasets, DatasetService>()
            .AddSingleton<IExperiments, ExperimentService>()
            .AddSingleton<IRuns, RunService>()
            .AddSingleton<IModels, ModelService>()
            .AddSingleton<IPredictions, PredictionService>()
            .AddSingleton<IInference, InferenceService>();
        return options.MakesSample ? services.AddHostedService<SampleExperiment>() : services;
    }
}
