using System.CommandLine;
using Spectre.Console;

namespace Mtl.Cli.Commands;

/// <summary>A command that prints one table; only the columns named as wrapping give way when it is too wide.</summary>
internal static class Listing
{
    public static Command Create<T>(
        CommandContext context, string name, string description, string[] columns, Func<ApiClient, CancellationToken, Task<IReadOnlyList<T>>> load, Func<T, string[]> row, string empty,
        string[]? wrapping = null)
    {
        var command = new Command(name, description);
        command.SetAction(context, (parsed, cancellation) => context.WithServerAsync(parsed.GetValue(CommandTable.DataFolder), async client =>
        {
            var items = await load(client, cancellation);
            if (items.Count == 0)
            {
                context.Console.WriteLine(empty);
                return 0;
            }

            var table = new Table().Border(TableBorder.Simple).AddColumns([.. columns.Select(column => wrapping?.Contains(column) == true ? new TableColumn(column) : new TableColumn(column).NoWrap())]);
            foreach (var item in items)
                table.AddRow([.. row(item).Select(cell => new Text(cell))]);
            context.Console.Write(table);
            return 0;
        }, cancellation));
        return command;
    }
}
