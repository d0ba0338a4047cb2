using System.CommandLine;
using Spectre.Console;

namespace Mtl.Cli.Commands;

internal static class ExportCommand
{
    public static Command Create(CommandContext context)
    {
        var run = new Argument<string>("RUN") { Description = "A run's id (or its beginning, or 'latest'), or a model's name." };
        var output = new Option<string>("--output", "-o") { Description = "The file to write.", HelpName = "FILE", Required = true };
        var command = new Command("export", "Writes a run's model as an .onnx file.") { run, output };
        command.SetAction(context, (parsed, cancellation) => context.WithServerAsync(parsed.GetValue(CommandTable.DataFolder), async client =>
        {
            var model = await RunReference.FindModelAsync(client, parsed.GetValue(run)!, cancellation);
            var path = Path.GetFullPath(parsed.GetValue(output)!, context.WorkingFolder);
            await OutputFile.WriteAsync(path, file => client.DownloadModelAsync(model, file, cancellation));
            context.Console.MarkupLineInterpolated($"Wrote {path} ({model.Name} version {model.Version}; largest difference to the trained graph {model.ParityError:0.#e+0}).");
            return 0;
        }, cancellation));
        return command;
    }
}
