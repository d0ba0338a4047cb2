using Spectre.Console;

namespace Mtl.Cli.Commands;

/// <summary>What commands are given.</summary>
/// <param name="WorkingFolder">The folder that relative paths of the command line start from.</param>
public sealed record CommandContext(IServerAccess Servers, IAnsiConsole Console, string WorkingFolder)
{
    /// <summary>Runs <paramref name="body"/> against the server of the data folder.</summary>
    public async Task<int> WithServerAsync(string? dataFolder, Func<ApiClient, Task<int>> body, CancellationToken cancellation, ServerNeed need = ServerNeed.Look)
    {
        await using var server = await Servers.ConnectAsync(dataFolder is null ? null : Path.GetFullPath(dataFolder, WorkingFolder), need, cancellation);
        using var client = new ApiClient(server.Address, server.Token);
        return await body(client);
    }
}
