using Mtl.Cli;
using Mtl.Storage.Folders;

namespace Mtl.Host;

/// <summary>Finds the server on a data folder, or starts one for the time of a command.</summary>
internal sealed class ServerAccess : IServerAccess
{
    public async Task<ServerConnection> ConnectAsync(string? dataFolder, CancellationToken cancellation)
    {
        var folder = dataFolder ?? DataFolder.DefaultPath;
        if (DataFolder.FindServer(folder) is { } running)
            return new ServerConnection(new Uri(running.Address), IsOwn: false, () => ValueTask.CompletedTask);

        var started = await MtlServer.StartAsync(new ServerOptions(Path.GetFullPath(folder), Port: 0), cancellation);
        return started.IsSuccess
            ? new ServerConnection(started.Value.Address, IsOwn: true, started.Value.DisposeAsync)
            : throw new CommandFailedException(started.Error);
    }
}
