using System.CommandLine;
using Spectre.Console;

namespace Mtl.Cli.Commands;

internal static class ControlCommands
{
    private static readonly (string Name, ServerNeed Need, string Description)[] Rows =
    [
        ("pause", ServerNeed.Look, "Stops a run after its present step, with a checkpoint."),
        ("resume", ServerNeed.Running, "Lets a paused run go on."),
        ("cancel", ServerNeed.Look, "Ends a run."),
    ];

    public static IEnumerable<Command> Create(CommandContext context) => Rows.Select(row =>
    {
        var run = new Argument<string>("RUN") { Description = "A run's id, its beginning, or 'latest'." };
        var command = new Command(row.Name, row.Description) { run };
        command.SetAction(context, (parsed, cancellation) => context.WithServerAsync(parsed.GetValue(CommandTable.DataFolder), async client =>
        {
            var found = await RunReference.FindAsync(client, parsed.GetValue(run)!, cancellation);
            await client.CommandAsync(found.Id, row.Name, cancellation);
            context.Console.MarkupLineInterpolated($"{row.Name}: {found.Id} ({found.ExperimentName} {found.Name})");
            return 0;
        }, cancellation, row.Need));
        return command;
    });
}
