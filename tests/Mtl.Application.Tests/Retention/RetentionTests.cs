using Microsoft.Extensions.DependencyInjection;
using Mtl.Application.Retention;
using Mtl.Grains.Tests.Hosting;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Tests.Retention;

public sealed class RetentionTests
{
    [Fact]
    public async Task A_removed_run_takes_its_files_along_and_one_that_is_kept_keeps_them()
    {
        await using var application = await Application.StartAsync();
        var storage = application.Platform.Storage;
        await AddAsync(storage, "old", DateTimeOffset.UtcNow.AddDays(-31));
        await AddAsync(storage, "new", DateTimeOffset.UtcNow.AddDays(-29));

        var removed = (await application.Platform.Host.Services.GetRequiredService<IRetention>().RemoveAsync(days: null)).Value;

        removed.ShouldBe(new Removal(Runs: 1, LoggedModels: 0, Experiments: 0, Kept: 0));
        (await storage.Artifacts.ListAsync("old")).ShouldBeEmpty();
        (await storage.Artifacts.ListAsync("new")).Select(file => file.Path).ShouldBe(["a.txt"]);
        (await storage.Runs.GetAsync("new")).IsSuccess.ShouldBeTrue();
    }

    [Fact(Timeout = 60_000)]
    public async Task The_server_does_so_by_itself()
    {
        await using var platform = await Platform.StartAsync(services: services => services.AddMtlApplication(new ApplicationOptions
        {
            DatasetsFolder = services.Select(service => service.ImplementationInstance).OfType<Storage.Folders.DataFolder>().Single().DatasetsFolder,
            MakesSample = false,
            Retention = new RetentionOptions { Period = TimeSpan.FromMilliseconds(20) },
        }));
        await AddAsync(platform.Storage, "old", DateTimeOffset.UtcNow.AddDays(-31));

        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while ((await platform.Storage.Runs.GetAsync("old")).IsSuccess)
            await look.WaitForNextTickAsync();
    }

    private static async Task AddAsync(Storage.ServerStorage storage, string id, DateTimeOffset archivedAt)
    {
        await storage.Experiments.AddAsync(new Experiment("e", "e", null, archivedAt, archivedAt, false, 0));
        _ = (await storage.Runs.AddAsync(new Run(id, "e", id, RunKind.Tracked, null, archivedAt) { Status = RunStatus.Completed, DeletedAt = archivedAt })).Value;
        _ = (await storage.Artifacts.WriteAsync(id, "a.txt", stream => stream.WriteAsync("a"u8.ToArray()).AsTask())).Value;
    }
}
