using Dapper;
using Mtl.Testing.Postgres;
using Npgsql;

namespace Mtl.Benchmarks.Tracking;

/// <summary>A place for a server to keep things, on disk and flushed to it, for one benchmark.</summary>
internal sealed class BenchStore : IAsyncDisposable
{
    private readonly PostgresServer? postgres;
    private readonly string folder;

    private BenchStore(string name, string folder, PostgresServer? postgres, string? connection) => (Name, this.folder, this.postgres, Connection) = (name, folder, postgres, connection);

    /// <summary>As the tables name it.</summary>
    public string Name { get; }

    /// <summary>PostgreSQL's connection string; null for SQLite in the data folder.</summary>
    public string? Connection { get; }

    public string DataFolder => Path.Combine(folder, "data");

    public static async Task<BenchStore> OpenAsync(string name)
    {
        var folder = Directory.CreateTempSubdirectory("mtl-bench-").FullName;
        if (name == "sqlite")
            return new BenchStore(name, folder, null, null);
        var postgres = await PostgresServer.StartNewAsync(isFlushing: true);
        return new BenchStore(name, folder, postgres, await postgres.CreateDatabaseAsync());
    }

    /// <summary>Does what PostgreSQL does by itself some time after a load (its autovacuum), so that reads are measured after it and not amid it.</summary>
    public async Task SettleAsync()
    {
        if (Connection is null)
            return;
        await using var connection = new NpgsqlConnection(Connection);
        await connection.ExecuteAsync("VACUUM ANALYZE", commandTimeout: 1200);
    }

    public async ValueTask DisposeAsync()
    {
        if (postgres is not null)
            await postgres.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
