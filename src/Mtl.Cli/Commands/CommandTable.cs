using System.CommandLine;
using Mtl.Core;
using Spectre.Console;

namespace Mtl.Cli.Commands;

/// <summary>Every command but <c>up</c>, which is the host's own.</summary>
public static class CommandTable
{
    /// <summary>The data folder; on every command.</summary>
    public static Option<string?> DataFolder { get; } = new("--data") { Description = "Data folder. Default: ~/.mtl", HelpName = "DIR", Recursive = true };

    public static IEnumerable<Command> Commands(CommandContext context) =>
    [
        RunCommand.Create(context),
        ExportCommand.Create(context),
        .. RunArchiveCommands.Create(context),
        TableCommand.Create(context),
        PredictCommand.Create(context),
        ExperimentsCommand.Create(context),
        RunsCommand.Create(context),
        .. ControlCommands.Create(context),
        ModelsCommand.Create(context),
        MethodsCommand.Create(context),
        GarbageCommand.Create(context),
        AdminCommand.Create(context),
    ];

    /// <summary>Makes a command's action: failures are printed as text, with exit status 1; Ctrl+C gives 130.</summary>
    internal static void SetAction(this Command command, CommandContext context, Func<ParseResult, CancellationToken, Task<int>> body) => command.SetAction(async (parsed, cancellation) =>
    {
        try
        {
            return await body(parsed, cancellation);
        }
        catch (CommandFailedException e)
        {
            PrintError(context.Console, e.Error);
            return 1;
        }
        catch (HttpRequestException e)
        {
            PrintError(context.Console, Error.Unavailable($"The server can't be reached: {e.Message}"));
            return 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            PrintError(context.Console, Error.Unavailable(e.Message));
            return 1;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return 130;
        }
    });

    public static void PrintError(IAnsiConsole console, Error error)
    {
        console.MarkupLineInterpolated($"[red]Error:[/] {error.Message}");
        if (error.Advice.Length > 0)
            console.WriteLine(error.Advice);
    }
}
