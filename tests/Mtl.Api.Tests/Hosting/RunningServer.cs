using Mtl.Host;

namespace Mtl.Api.Tests.Hosting;

/// <summary>The real server in this process, on a data folder and a port of its own, for as long as the tests that share it run.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    public const int MaximumUploadMiB = 4;

    private readonly string dataFolder = Directory.CreateTempSubdirectory("mtl-server-").FullName;
    private MtlServer? server;
    private TrainedModel? trained;

    /// <summary>The PostgreSQL database to keep records in; null for what the tests run with.</summary>
    internal string? Store { get; init; }

    /// <summary>Speaks to the server.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>Files of uploaded tables and what a request may leave there; the sample's own table left out, which the server makes by itself.</summary>
    public IReadOnlyList<string> DatasetFiles => [.. Directory.EnumerateFiles(Path.Combine(dataFolder, "datasets"))
        .Select(file => Path.GetFileName(file))
        .Where(name => !name.StartsWith("sample-", StringComparison.Ordinal) && name != ".sample-made")
        .Order(StringComparer.Ordinal)];

    public async ValueTask InitializeAsync()
    {
        var options = new ServerOptions(dataFolder, Port: 0) { MaximumUploadBytes = MaximumUploadMiB << 20 };
        server = (await MtlServer.StartAsync(Store is null ? options : options with { Store = Store }, CancellationToken.None)).Value;
        Client = new HttpClient { BaseAddress = server.Address };
    }

    /// <summary>A model that this server has trained on a small table: <see cref="TrainedModel"/>. Trained when it is first asked for.</summary>
    public async Task<TrainedModel> ModelAsync() => trained ??= await TrainedModel.TrainAsync(this);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server!.DisposeAsync();
        Directory.Delete(dataFolder, recursive: true);
    }
}
