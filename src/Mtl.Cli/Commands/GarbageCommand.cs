using System.CommandLine;
using Mtl.Application.Retention;
using Spectre.Console;

namespace Mtl.Cli.Commands;

internal static class GarbageCommand
{
    public static Command Create(CommandContext context)
    {
        var days = new Option<int?>("--older-than") { Description = "Days since the deletion. Default: the server's own (30).", HelpName = "DAYS" };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is { } number and (< 0 or > RetentionOptions.MostDays))
                result.AddError($"--older-than is {number}; 0 to {RetentionOptions.MostDays} days are possible.");
        });
        var command = new Command("gc", "Removes for good the runs and experiments that were deleted long ago, with their files.") { days };
        command.SetAction(context, (parsed, cancellation) => context.WithServerAsync(parsed.GetValue(CommandTable.DataFolder), async client =>
        {
            var removed = await client.RemoveDeletedAsync(parsed.GetValue(days), cancellation);
            context.Console.WriteLine($"Removed {Count(removed.Runs, "run")}, {Count(removed.LoggedModels, "logged model")}, {Count(removed.Experiments, "experiment")}.");
            if (removed.Kept > 0)
                context.Console.WriteLine($"{Count(removed.Kept, "run")} stay{(removed.Kept == 1 ? "s" : "")}: registered models need their files.");
            return 0;
        }, cancellation));
        return command;
    }

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
