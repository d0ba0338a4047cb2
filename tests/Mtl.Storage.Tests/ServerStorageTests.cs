using Microsoft.Extensions.DependencyInjection;
using Mtl.Storage.Folders;
using Mtl.Storage.Sqlite;
using Mtl.Tracking.Artifacts;
using Mtl.Tracking.Datasets;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;

namespace Mtl.Storage.Tests;

public sealed class ServerStorageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Everything_is_there_after_a_restart()
    {
        using (var storage = ServerStorage.Open(folder).Value)
        {
            await MetricBatches.PrepareAsync(storage);
            await MetricBatches.WriteAsync(storage, 0);
        }

        using var restarted = ServerStorage.Open(folder).Value;

        (await MetricBatches.CountAsync(restarted)).ShouldBe(1);
        (await restarted.Runs.GetAsync(MetricBatches.RunId)).Value.Name.ShouldBe("run");
    }

    [Fact]
    public void An_open_that_fails_gives_the_folder_back()
    {
        File.WriteAllText(folder.File("mtl.db"), new string('x', 5000));
        ServerStorage.Open(folder).IsSuccess.ShouldBeFalse();
        File.Delete(folder.File("mtl.db"));

        ServerStorage.Open(folder).Value.Dispose();
    }

    [Fact]
    public void Each_store_is_registered_under_its_contract()
    {
        using var storage = ServerStorage.Open(folder).Value;
        using var services = new ServiceCollection().AddStorage(storage).BuildServiceProvider();

        services.GetRequiredService<DataFolder>().ShouldBeSameAs(storage.Folder);
        services.GetRequiredService<IExperimentStore>().ShouldBeSameAs(storage.Experiments);
        services.GetRequiredService<IRunStore>().ShouldBeSameAs(storage.Runs);
        services.GetRequiredService<ILogStore>().ShouldBeSameAs(storage.Logs);
        services.GetRequiredService<IMetricStore>().ShouldBeSameAs(storage.Metrics);
        services.GetRequiredService<IModelStore>().ShouldBeSameAs(storage.Models);
        services.GetRequiredService<IDatasetStore>().ShouldBeSameAs(storage.Datasets);
        services.GetRequiredService<IArtifactStore>().ShouldBeSameAs(storage.Artifacts);
    }

    [Fact]
    public void The_native_library_is_at_least_the_packaged_version() => Version.Parse(SqliteLibrary.Load()).ShouldBeGreaterThanOrEqualTo(new Version(3, 35, 5));
}
