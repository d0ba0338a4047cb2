using System.CommandLine;
using System.Diagnostics;
using System.Net;
using Mtl.Application.Retention;
using Mtl.Cli.Commands;
using Mtl.Host.Operations;
using Mtl.Storage.Folders;
using Spectre.Console;

namespace Mtl.Host.Commands;

internal static class UpCommand
{
    public static Command Create(CommandContext context)
    {
        var port = new Option<int>("--port") { Description = "Port; 0 takes a free one.", HelpName = "N", DefaultValueFactory = _ => 5080 };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var number and (< 0 or > 65535))
                result.AddError($"The port {number} is not possible; 1 to 65535 are, and 0 takes a free one.");
        });
        var log = new Option<LogFormat>("--log") { Description = "How the log is written: text, or json (an object a line, with every request).", HelpName = "FORMAT", DefaultValueFactory = _ => LogFormat.Text };
        var store = new Option<string>("--store")
        {
            Description = $"PostgreSQL database for the records, as 'Host=db;Username=mtl;Password=…;Database=mtl' or an address; SQLite in the data folder by default. {ServerOptions.StoreVariable} keeps it out of the list of processes.",
            HelpName = "CONNECTION",
        };
        var kept = new Option<int>("--keep-deleted")
        {
            Description = "Days after which archived runs and deleted experiments are removed for good, with their files; 0: never.", HelpName = "DAYS", DefaultValueFactory = _ => RetentionOptions.DefaultDays,
        };
        kept.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var days and (< 0 or > RetentionOptions.MostDays))
                result.AddError($"--keep-deleted is {days}; 1 to {RetentionOptions.MostDays} days are possible, and 0 for ever.");
        });
        var listen = new Option<string>("--listen") { Description = "Address to listen on. Any but a loopback address needs an administrator (mtl admin create).", HelpName = "ADDRESS", DefaultValueFactory = _ => "127.0.0.1" };
        listen.Validators.Add(result =>
        {
            if (!IPAddress.TryParse(result.GetValueOrDefault<string>(), out _))
                result.AddError($"'{result.GetValueOrDefault<string>()}' is not an address to listen on; 127.0.0.1 is this machine alone, 0.0.0.0 every network, or give one of the machine's own addresses.");
        });
        var command = new Command("up", "Starts the server: grains, API and dashboard in one process.") { port, listen, log, store, kept };
        command.SetAction(async (parsed, cancellation) =>
        {
            var started = Stopwatch.GetTimestamp();
            var folder = parsed.GetValue(CommandTable.DataFolder);
            var options = new ServerOptions(folder is null ? DataFolder.DefaultPath : Path.GetFullPath(folder, context.WorkingFolder), parsed.GetValue(port))
            {
                Listen = IPAddress.Parse(parsed.GetValue(listen)!),
                Log = parsed.GetValue(log),
                Retention = new RetentionOptions { KeepsDeleted = parsed.GetValue(kept) is > 0 and var days ? TimeSpan.FromDays(days) : null },
            };
            if (parsed.GetValue(store) is { } named)
                options = options with { Store = named };
            var server = await MtlServer.StartAsync(options, cancellation);
            if (!server.IsSuccess)
            {
                CommandTable.PrintError(context.Console, server.Error);
                return 1;
            }

            await using var running = server.Value;
            if (options.Log == LogFormat.Text)
                context.Console.MarkupLineInterpolated($"MtlPlatform is ready at [bold]{running.Address}[/] after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s. Data folder: {options.DataFolder}. Records: {running.Records}. Ctrl+C stops it.");
            await running.WaitForShutdownAsync(cancellation);
            return 0;
        });
        return command;
    }
}
