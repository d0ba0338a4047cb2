using Mtl.Cli;
using Mtl.Core;
using Mtl.Host.People;
using Mtl.Storage.Folders;

namespace Mtl.Host;

/// <summary>Finds the server on a data folder, or starts one for the time of a command.</summary>
internal sealed class ServerAccess : IServerAccess
{
    public async Task<ServerConnection> ConnectAsync(string? dataFolder, ServerNeed need, CancellationToken cancellation)
    {
        var folder = dataFolder ?? DataFolder.DefaultPath;
        if (DataFolder.FindServer(folder) is { } running)
            return new ServerConnection(new Uri(running.Address), () => ValueTask.CompletedTask) { Token = TokenFor(folder) };
        if (need == ServerNeed.Running)
            throw new CommandFailedException(Error.Unavailable($"No server runs on the data folder '{folder}'.", "Start one with 'mtl up'; it trains on when this command is over."));

        var started = await MtlServer.StartAsync(new ServerOptions(folder, Port: 0) { TakesUpRuns = need == ServerNeed.Training }, cancellation);
        return started.IsSuccess ? new ServerConnection(started.Value.Address, started.Value.DisposeAsync) { Token = TokenFor(folder) } : throw new CommandFailedException(started.Error);
    }

    /// <summary>What the person gives, else what the folder's owner may do by owning it.</summary>
    private static string? TokenFor(string folder) => Environment.GetEnvironmentVariable("MTL_TOKEN") is { Length: > 0 } given ? given : OwnerToken.Read(folder);
}
