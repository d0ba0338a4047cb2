using System.CommandLine;
using Mtl.Core;
using Spectre.Console;

namespace Mtl.Cli.Commands;

/// <summary>Runs as files that go from one platform to another.</summary>
internal static class RunArchiveCommands
{
    public static IEnumerable<Command> Create(CommandContext context) => [Export(context), Import(context)];

    private static Command Export(CommandContext context)
    {
        var run = new Argument<string>("RUN") { Description = "A run's id or its beginning, or 'latest'." };
        var output = new Option<string?>("--output", "-o") { Description = "The file to write. Default: run-ID.zip", HelpName = "FILE" };
        var command = new Command("export-run", "Writes a run as one file: metrics, parameters, tags, log, artifacts.") { run, output };
        command.SetAction(context, (parsed, cancellation) => context.WithServerAsync(parsed.GetValue(CommandTable.DataFolder), async client =>
        {
            var found = await RunReference.FindAsync(client, parsed.GetValue(run)!, cancellation);
            var path = Path.GetFullPath(parsed.GetValue(output) ?? $"run-{found.Id}.zip", context.WorkingFolder);
            await OutputFile.WriteAsync(path, file => client.DownloadAsync($"runs/{Uri.EscapeDataString(found.Id)}/archive", file, cancellation));
            context.Console.MarkupLineInterpolated($"Wrote {path} (run '{found.Name}'). 'mtl import-run' takes it in elsewhere.");
            return 0;
        }, cancellation));
        return command;
    }

    private static Command Import(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "A file that 'mtl export-run' or the dashboard has written." };
        var experiment = new Option<string>("--experiment", "-e") { Description = "Name or id of the experiment that gets the run.", HelpName = "NAME", Required = true };
        var command = new Command("import-run", "Makes a new run of a run's file.") { file, experiment };
        command.SetAction(context, (parsed, cancellation) => context.WithServerAsync(parsed.GetValue(CommandTable.DataFolder), async client =>
        {
            var path = Path.GetFullPath(parsed.GetValue(file)!, context.WorkingFolder);
            if (!File.Exists(path))
                throw new CommandFailedException(Error.NotFound($"There is no file '{path}'.", "Check the path."));
            var target = await ExperimentReference.FindAsync(client, parsed.GetValue(experiment)!, cancellation);
            await using var content = File.OpenRead(path);
            var run = await client.ImportRunAsync(target.Id, content, cancellation);
            context.Console.MarkupLineInterpolated($"Imported as run {run} of '{target.Name}'.");
            return 0;
        }, cancellation));
        return command;
    }
}
