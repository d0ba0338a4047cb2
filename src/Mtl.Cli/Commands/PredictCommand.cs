using System.CommandLine;
using Mtl.Core;

namespace Mtl.Cli.Commands;

internal static class PredictCommand
{
    public static Command Create(CommandContext context)
    {
        var run = new Argument<string>("RUN") { Description = "A run's id (or its beginning, or 'latest'), or a model's name." };
        var rows = new Argument<string>("ROWS") { Description = "A CSV file with the model's input columns." };
        var output = new Option<string?>("--output", "-o") { Description = "The file to write; standard output when left out.", HelpName = "FILE" };
        var command = new Command("predict", "Predicts the rows of a CSV file, all tasks at once.") { run, rows, output };
        command.SetAction(context, (parsed, cancellation) => context.WithServerAsync(parsed.GetValue(CommandTable.DataFolder), async client =>
        {
            var path = Path.GetFullPath(parsed.GetValue(rows)!, context.WorkingFolder);
            if (!File.Exists(path))
                throw new CommandFailedException(Error.NotFound($"There is no file '{path}'."));

            var model = await RunReference.FindModelAsync(client, parsed.GetValue(run)!, cancellation);
            await using var csv = File.OpenRead(path);
            if (parsed.GetValue(output) is { } file)
            {
                await OutputFile.WriteAsync(Path.GetFullPath(file, context.WorkingFolder), target => client.PredictCsvAsync(model, csv, target, cancellation));
                return 0;
            }

            await using var standardOutput = Console.OpenStandardOutput();
            await client.PredictCsvAsync(model, csv, standardOutput, cancellation);
            return 0;
        }, cancellation));
        return command;
    }
}
