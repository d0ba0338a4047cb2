using Microsoft.Extensions.DependencyInjection;

namespace Mtl.Application.Tracking;

/// <summary>Registers what clients do with the platform's records.</summary>
internal static class TrackingServices
{
    public static IServiceCollection AddTracking(this IServiceCollection services) => services
        .AddHostedService<DefaultExperiment>()
        .AddHostedService<UploadSchedule>()
        .AddSingleton<MultipartUploads>()
        .AddScoped<RunAccess>()
        .AddScoped<ArtifactHomes>()
        .AddScoped<ModelSources>()
        .AddScoped<IExperimentTracking, ExperimentTracking>()
        .AddScoped<IRunTracking, RunTracking>()
        .AddScoped<IMetricHistories, MetricHistories>()
        .AddScoped<IArtifactTracking, ArtifactTracking>()
        .AddScoped<ILoggedModels, LoggedModels>()
        .AddScoped<IModelRegistration, ModelRegistration>();
}
