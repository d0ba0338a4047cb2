using Mtl.Testing.Stores;

namespace Mtl.Storage.Tests;

/// <summary>The conformance suites over SQLite, each test in a data folder of its own.</summary>
public static class SqliteConformance
{
    public sealed class Experiments : ExperimentStoreConformance
    {
        private readonly Opened opened = new();

        protected override ValueTask<StoreSet> OpenAsync() => opened.OpenAsync();

        protected override ValueTask CloseAsync() => opened.DisposeAsync();
    }

    public sealed class Runs : RunStoreConformance
    {
        private readonly Opened opened = new();

        protected override ValueTask<StoreSet> OpenAsync() => opened.OpenAsync();

        protected override ValueTask CloseAsync() => opened.DisposeAsync();
    }

    public sealed class Logs : LogStoreConformance
    {
        private readonly Opened opened = new();

        protected override ValueTask<StoreSet> OpenAsync() => opened.OpenAsync();

        protected override ValueTask CloseAsync() => opened.DisposeAsync();
    }

    public sealed class Metrics : MetricStoreConformance
    {
        private readonly Opened opened = new();

        protected override ValueTask<StoreSet> OpenAsync() => opened.OpenAsync();

        protected override ValueTask CloseAsync() => opened.DisposeAsync();
    }

    public sealed class Models : ModelStoreConformance
    {
        private readonly Opened opened = new();

        protected override ValueTask<StoreSet> OpenAsync() => opened.OpenAsync();

        protected override ValueTask CloseAsync() => opened.DisposeAsync();
    }

    public sealed class Datasets : DatasetStoreConformance
    {
        private readonly Opened opened = new();

        protected override ValueTask<StoreSet> OpenAsync() => opened.OpenAsync();

        protected override ValueTask CloseAsync() => opened.DisposeAsync();
    }

    public sealed class Artifacts : ArtifactStoreConformance
    {
        private readonly Opened opened = new();

        protected override ValueTask<StoreSet> OpenAsync() => opened.OpenAsync();

        protected override ValueTask CloseAsync() => opened.DisposeAsync();
    }

    private sealed class Opened : IAsyncDisposable
    {
        private readonly TemporaryFolder folder = new();
        private SqliteStorage? storage;

        public ValueTask<StoreSet> OpenAsync()
        {
            storage = SqliteStorage.Open(folder).Value;
            return new(new StoreSet(storage.Experiments, storage.Runs, storage.Logs, storage.Metrics, storage.Models, storage.Datasets, storage.Artifacts));
        }

        public ValueTask DisposeAsync()
        {
            storage?.Dispose();
            folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
