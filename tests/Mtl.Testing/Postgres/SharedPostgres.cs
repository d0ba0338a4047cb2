namespace Mtl.Testing.Postgres;

/// <summary>The one server of a test assembly, started by the first test that needs it: <c>[assembly: AssemblyFixture(typeof(SharedPostgres))]</c>.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> server = new(() => Task.Run(() => PostgresServer.StartNewAsync()));

    public Task<PostgresServer> ServerAsync() => server.Value;

    public async ValueTask DisposeAsync()
    {
        if (server.IsValueCreated)
            await (await server.Value).DisposeAsync();
    }
}
