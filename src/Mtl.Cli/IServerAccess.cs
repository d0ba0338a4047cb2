namespace Mtl.Cli;

/// <summary>Gives commands a server to talk to.</summary>
public interface IServerAccess
{
    /// <summary>
    /// The server that works on <paramref name="dataFolder"/> (null: the default folder), or, when none runs, one started in this process on a free loopback port;
    /// disposing the connection stops the latter.
    /// </summary>
    Task<ServerConnection> ConnectAsync(string? dataFolder, CancellationToken cancellation);
}

/// <summary>A reachable server.</summary>
/// <param name="Address">Its base address.</param>
/// <param name="IsOwn">It runs in this process and ends with the command.</param>
public sealed record ServerConnection(Uri Address, bool IsOwn, Func<ValueTask> Stop) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Stop();
}
