using Mtl.EndToEnd.Tests.Hosting;
using Mtl.Testing.Load;

namespace Mtl.EndToEnd.Tests.Load;

/// <summary>A server with writers on it: an experiment, a run for each writer.</summary>
internal sealed class LoadedServer : IAsyncDisposable
{
    private const int Writers = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource enough = new();
    private readonly MlflowClient client;
    private readonly BatchLoad load;
    private readonly Task<LoadReport> running;

    private LoadedServer(MlflowClient client, BatchLoad load, string artifacts)
    {
        (this.client, this.load, Artifacts) = (client, load, artifacts);
        running = load.RunAsync(enough.Token);
    }

    /// <summary>Address of the first writer's artifacts.</summary>
    public string Artifacts { get; }

    public static BatchShape Shape { get; } = new(Keys: 10, Steps: 10);

    /// <param name="isPersistent">Whether a refused batch is sent again, or ends its writer.</param>
    public static async Task<LoadedServer> StartAsync(Server server, string experiment, bool isPersistent)
    {
        var client = new MlflowClient(server.Address);
        var id = await client.CreateExperimentAsync(experiment);
        var runs = new List<string>();
        for (var writer = 0; writer < Writers; writer++)
            runs.Add(await client.CreateRunAsync(id, $"writer {writer}"));
        return new LoadedServer(client, new BatchLoad(client, runs, Shape, isPersistent), $"/api/2.0/mlflow-artifacts/artifacts/{id}/{runs[0]}/artifacts");
    }

    /// <summary>Waits until this many more batches are acknowledged.</summary>
    public Task UntilAcknowledgedAsync(int more)
    {
        var wanted = load.Acknowledged + more;
        return UntilAsync(() => load.Acknowledged >= wanted, () => $"{load.Acknowledged} of {wanted} batches are acknowledged; refused: {Refused}");
    }

    /// <summary>Waits for an answer that begins so, and gives it back.</summary>
    public async Task<string> UntilRefusedAsync(string beginning)
    {
        string? refusal = null;
        await UntilAsync(
            () => (refusal = load.Refusals.Keys.FirstOrDefault(answer => answer.StartsWith(beginning, StringComparison.Ordinal))) is not null,
            () => $"no answer begins with '{beginning}' after {load.Acknowledged} batches; refused: {Refused}");
        return refusal!;
    }

    /// <summary>What the load has come to by now.</summary>
    public LoadReport Snapshot() => load.Report();

    /// <summary>Ends the writers, each after the answer it waits for.</summary>
    public async Task<LoadReport> EndAsync()
    {
        await enough.CancelAsync();
        return await running.WaitAsync(Patience);
    }

    /// <summary>Waits for writers that end by themselves.</summary>
    public Task<LoadReport> EndedAsync() => running.WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        await enough.CancelAsync();
        await running;
        client.Dispose();
        enough.Dispose();
    }

    private string Refused => string.Join(", ", load.Refusals.Select(refusal => $"{refusal.Value} × {refusal.Key}"));

    private static async Task UntilAsync(Func<bool> isSo, Func<string> complaint)
    {
        using var timer = new PeriodicTimer(LookPeriod);
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException(complaint());
            await timer.WaitForNextTickAsync();
        }
    }
}
