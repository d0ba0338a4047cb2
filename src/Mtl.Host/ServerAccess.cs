using Mtl.Cli;
using Mtl.Core;
using Mtl.Storage.Folders;

namespace Mtl.Host;

/// <summary>Finds the server on a data folder, or starts one for the time of a command.</summary>
internal sealed class ServerAccess : IServerAccess
{
    public async Task<ServerConnection> ConnectAsync(string? dataFolder, ServerNeed need, CancellationToken cancellation)
    {
        var folder = dataFolder ?? DataFolder.DefaultPath;
        if (DataFolder.FindServer(folder) is { } running)
            return new ServerConnection(new Uri(running.Address), () => ValueTask.CompletedTask);
        if (need == ServerNeed.Running)
            throw new CommandFailedException(Error.Unavailable($"No server runs on the data folder '{folder}'.", "Start one with 'mtl up'; it trains on when this command is over."));

        var started = await MtlServer.StartAsync(new ServerOptions(folder, Port: 0) { TakesUpRuns = need == ServerNeed.Training }, cancellation);
        return started.IsSuccess ? new ServerConnection(started.Value.Address, started.Value.DisposeAsync) : throw new CommandFailedException(started.Error);
    }
}
