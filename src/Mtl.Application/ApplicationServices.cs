using Microsoft.Extensions.DependencyInjection;
using Mtl.Application.Collaboration;
using Mtl.Application.Datasets;
using Mtl.Application.Experiments;
using Mtl.Application.Models;
using Mtl.Application.People;
using Mtl.Application.Retention;
using Mtl.Application.Runs;
using Mtl.Application.Tracking;

namespace Mtl.Application;

/// <summary>Registers the use cases: one set per request or dashboard circuit. Stores, grain factory, catalogue and clock are registered by the host.</summary>
public static class ApplicationServices
{
    public static IServiceCollection AddMtlApplication(this IServiceCollection services, ApplicationOptions options)
    {
        services
            .AddSingleton(options)
            .AddSingleton<ProfileCache>()
            .AddSingleton(options.Retention)
            .AddSingleton<ExpiredRecords>()
            .AddHostedService<RetentionSchedule>()
            .AddPeople()
            .AddScoped<DefinitionAccess>()
            .AddScoped<RunSummaries>()
            .AddScoped<TrackedRunWatch>()
            .AddScoped<TrackedRunCommands>()
            .AddScoped<IDatasets, DatasetService>()
            .AddScoped<IExperiments, ExperimentService>()
            .AddScoped<IExperimentHeaders, ExperimentHeaderService>()
            .AddScoped<IRuns, RunService>()
            .AddScoped<IRunOverviews, RunOverviewService>()
            .AddScoped<IRunPreviews, RunPreviewService>()
            .AddScoped<IModels, ModelService>()
            .AddScoped<IRegisteredModels, RegisteredModelService>()
            .AddScoped<IPredictions, PredictionService>()
            .AddScoped<IInference, InferenceService>()
            .AddScoped<IRetention, RetentionService>()
            .AddTracking()
            .AddCollaboration(options.Webhooks);
        return options.MakesSample ? services.AddHostedService<SampleExperiment>() : services;
    }
}
