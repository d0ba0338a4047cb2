using Microsoft.Extensions.DependencyInjection;

namespace Mtl.Storage;

/// <summary>Registers an opened storage.</summary>
public static class StorageServices
{
    /// <summary>Registers the storage's folder and each of its stores under its contract. Whoever opened the storage disposes it.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, ServerStorage storage) => services
        .AddSingleton(storage.Folder)
        .AddSingleton(storage.Experiments)
        .AddSingleton(storage.Runs)
        .AddSingleton(storage.RunData)
        .AddSingleton(storage.Logs)
        .AddSingleton(storage.Metrics)
        .AddSingleton(storage.MetricReader)
        .AddSingleton(storage.Models)
        .AddSingleton(storage.ModelRegistry)
        .AddSingleton(storage.LoggedModels)
        .AddSingleton(storage.Tags)
        .AddSingleton(storage.Search)
        .AddSingleton(storage.Datasets)
        .AddSingleton(storage.Retention)
        .AddSingleton(storage.Users)
        .AddSingleton(storage.Teams)
        .AddSingleton(storage.Credentials)
        .AddSingleton(storage.Grants)
        .AddSingleton(storage.Origins)
        .AddSingleton(storage.Audit)
        .AddSingleton(storage.Artifacts)
        .AddSingleton(storage.Comments)
        .AddSingleton(storage.Favourites)
        .AddSingleton(storage.Views)
        .AddSingleton(storage.Webhooks);
}
