using Microsoft.Extensions.DependencyInjection;
using Mtl.Application.Collaboration.Webhooks;
using Mtl.Application.Datasets;
using Mtl.Application.Experiments;
using Mtl.Application.Models;
using Mtl.Application.Runs;
using Mtl.Grains.Tests.Hosting;

namespace Mtl.Application.Tests;

/// <summary>The use cases over a platform of its own, without the sample experiment.</summary>
internal sealed class Application(Platform platform) : IAsyncDisposable
{
    public Platform Platform => platform;

    public IDatasets Datasets => Get<IDatasets>();

    public IExperiments Experiments => Get<IExperiments>();

    public IRuns Runs => Get<IRuns>();

    public IModels Models => Get<IModels>();

    public IPredictions Predictions => Get<IPredictions>();

    public IInference Inference => Get<IInference>();

    public string DatasetsFolder => platform.Storage.Folder.DatasetsFolder;

    public string IncomingFolder => platform.Storage.Folder.IncomingFolder;

    /// <summary>Any of the use cases.</summary>
    public T Get<T>()
        where T : notnull => platform.Host.Services.GetRequiredService<T>();

    public static async Task<Application> StartAsync(long maximumUploadBytes = 1 << 20) => new(await Platform.StartAsync(services: services => services.AddMtlApplication(new ApplicationOptions
    {
        DatasetsFolder = services.Select(service => service.ImplementationInstance).OfType<Storage.Folders.DataFolder>().Single().DatasetsFolder,
        MaximumUploadBytes = maximumUploadBytes,
        PredictionChunkRows = 50,
        MakesSample = false,
        Webhooks = new WebhookOptions { AllowsLoopback = true, Period = TimeSpan.FromMilliseconds(20), FirstPause = TimeSpan.FromMilliseconds(50), PauseFactor = 1, MaximumAttempts = 3 },
    })));

    public ValueTask DisposeAsync() => platform.DisposeAsync();
}
