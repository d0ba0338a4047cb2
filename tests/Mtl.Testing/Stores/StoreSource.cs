namespace Mtl.Testing.Stores;

/// <summary>Opens an implementation of the stores for one test, empty; disposing closes it and removes what it left.</summary>
public abstract class StoreSource : IAsyncDisposable
{
    public abstract ValueTask<StoreSet> OpenAsync();

    public abstract ValueTask DisposeAsync();
}
