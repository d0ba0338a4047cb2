using System.CommandLine;
using Spectre.Console;

namespace Mtl.Cli.Commands;

internal static class TableCommand
{
    public static Command Create(CommandContext context)
    {
        var experiment = new Argument<string>("EXPERIMENT") { Description = "An experiment's name or id." };
        var filter = new Option<string>("--filter") { Description = "Only runs that meet it, in MLflow's language: \"metrics.loss < 0.5 and params.optimizer = 'adam'\".", HelpName = "FILTER" };
        var sort = new Option<string>("--sort") { Description = "Column to order by, such as metrics.loss; with a '-' in front the greatest first.", HelpName = "COLUMN" };
        var columns = new Option<string>("--columns") { Description = "Columns, separated by commas: metrics.loss,params.lr,tags.team,start_time. Default: all.", HelpName = "COLUMNS" };
        var output = new Option<string>("--output", "-o") { Description = "The file to write.", HelpName = "FILE", Required = true };
        var command = new Command("table", "Writes an experiment's runs as a CSV file.") { experiment, filter, sort, columns, output };
        command.SetAction(context, (parsed, cancellation) => context.WithServerAsync(parsed.GetValue(CommandTable.DataFolder), async client =>
        {
            var found = await ExperimentReference.FindAsync(client, parsed.GetValue(experiment)!, cancellation);
            var order = parsed.GetValue(sort) ?? "";
            (string Name, string Value)[] parameters =
            [
                ("filter", parsed.GetValue(filter) ?? ""), ("sort", order.TrimStart('-')), ("descending", order.StartsWith('-') ? "true" : ""), ("columns", parsed.GetValue(columns) ?? ""),
            ];
            var query = string.Join('&', parameters.Where(parameter => parameter.Value.Length > 0).Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"));
            var path = Path.GetFullPath(parsed.GetValue(output)!, context.WorkingFolder);
            await OutputFile.WriteAsync(path, file => client.DownloadAsync($"experiments/{Uri.EscapeDataString(found.Id)}/table.csv?{query}", file, cancellation));
            context.Console.MarkupLineInterpolated($"Wrote {path} (runs of '{found.Name}').");
            return 0;
        }, cancellation));
        return command;
    }
}
