using Mtl.Grains.Tests.Hosting;

namespace Mtl.Application.Tests.Models;

/// <summary>An application with one completed experiment, for all tests that use its model.</summary>
public sealed class TrainedApplication : IAsyncLifetime
{
    internal Application Application { get; private set; } = null!;

    internal string RunId { get; private set; } = "";

    internal string BaselineId { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Application = await Application.StartAsync();
        var ids = await Application.Platform.StartRunsAsync(SmallTable.Definition(Application.Platform.Table, baselines: true));
        (RunId, BaselineId) = (ids[0], ids[1]);
        foreach (var id in ids)
            await Application.Platform.CompleteAsync(id);
    }

    public ValueTask DisposeAsync() => Application.DisposeAsync();
}
