using Mtl.Storage.Relational;
using Mtl.Storage.Relational.Search;
using Mtl.Testing.Postgres;
using Mtl.Testing.Stores;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace Mtl.Storage.Tests;

/// <summary>SQLite in a data folder of the test's own.</summary>
internal sealed class SqliteSource(SearchLimits? limits = null) : OpenedSource(limits)
{
    protected override Task<string?> StoreAsync() => Task.FromResult<string?>(null);
}

/// <summary>A PostgreSQL database of the test's own.</summary>
internal sealed class PostgresSource(SharedPostgres postgres, SearchLimits? limits = null) : OpenedSource(limits)
{
    private string? connectionString;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (connectionString is not null)
            await (await postgres.ServerAsync()).DropDatabaseAsync(connectionString);
    }

    protected override async Task<string?> StoreAsync() => connectionString = await (await postgres.ServerAsync()).CreateDatabaseAsync();
}

/// <summary>A storage over a temporary data folder.</summary>
/// <param name="limits">Of searches, where a test wants others than the product's.</param>
internal abstract class OpenedSource(SearchLimits? limits) : StoreSource
{
    private readonly TemporaryFolder folder = new();
    private ServerStorage? storage;

    public async Task<ServerStorage> OpenStorageAsync() => storage = ServerStorage.Open(folder, await StoreAsync()).Value;

    public override async ValueTask<StoreSet> OpenAsync()
    {
        var opened = await OpenStorageAsync();
        return new StoreSet(
            opened.Experiments, opened.Runs, opened.RunData, opened.Logs, opened.Metrics, opened.MetricReader, opened.Models, opened.ModelRegistry, opened.LoggedModels, opened.Tags,
            limits is null ? opened.Search : new SearchStore(opened.Database, limits),
            opened.Datasets, opened.Retention, opened.Artifacts, opened.Comments, opened.Favourites, opened.Views, opened.Webhooks)
        {
            People = new PeopleStores(opened.Users, opened.Teams, opened.Credentials, opened.Grants, opened.Origins, opened.Audit),
        };
    }

    public override ValueTask DisposeAsync()
    {
        storage?.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    protected abstract Task<string?> StoreAsync();
}
