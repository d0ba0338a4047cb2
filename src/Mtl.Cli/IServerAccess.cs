namespace Mtl.Cli;

/// <summary>Gives commands a server to talk to.</summary>
public interface IServerAccess
{
    /// <summary>
    /// The server that works on <paramref name="dataFolder"/> (an absolute path; null: the default folder), or, when none runs, one started in this process on a free loopback port;
    /// disposing the connection stops the latter.
    /// </summary>
    /// <exception cref="CommandFailedException">None runs and <paramref name="need"/> is <see cref="ServerNeed.Running"/>, or none can be started.</exception>
    Task<ServerConnection> ConnectAsync(string? dataFolder, ServerNeed need, CancellationToken cancellation);
}

/// <summary>What a command needs its server for.</summary>
public enum ServerNeed
{
    /// <summary>A look at what is there; a server started for it takes up no runs.</summary>
    Look,

    /// <summary>Training, while the command waits.</summary>
    Training,

    /// <summary>Training that goes on when the command is over: one that runs already.</summary>
    Running,
}

/// <summary>A reachable server.</summary>
/// <param name="Address">Its base address.</param>
/// <param name="Stop">Ends a server that runs in this process; does nothing to others.</param>
public sealed record ServerConnection(Uri Address, Func<ValueTask> Stop) : IAsyncDisposable
{
    /// <summary>The token that commands send; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>Without the token, which is nobody's business in a log.</summary>
    public override string ToString() => $"{Address}";

    public ValueTask DisposeAsync() => Stop();
}
