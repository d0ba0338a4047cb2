using Mtl.Testing.Postgres;

namespace Mtl.Api.Tests.Hosting;

/// <summary>The real server with its records in a PostgreSQL database of its own.</summary>
public sealed class ServerOnPostgres : IAsyncLifetime
{
    private PostgresServer? postgres;

    public RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        postgres = await PostgresServer.StartNewAsync();
        Server = new RunningServer { Store = await postgres.CreateDatabaseAsync() };
        await Server.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await postgres!.DisposeAsync();
    }
}

/// <summary>Runs when the other tests of the assembly are done: a process counts its requests over all its servers.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PostgresCollection : ICollectionFixture<ServerOnPostgres>
{
    public const string Name = "server on PostgreSQL";
}
