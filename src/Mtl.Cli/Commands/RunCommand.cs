using System.CommandLine;
using Mtl.Cli.Definitions;
using Mtl.Cli.Display;
using Mtl.Core;
using Mtl.Tracking.Runs;
using Spectre.Console;

namespace Mtl.Cli.Commands;

internal static class RunCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "An experiment definition in YAML." };
        var settings = new Option<string[]>("--set") { Description = "Sets one value of the definition, as in --set training.epochs=5. May be repeated.", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };
        var detach = new Option<bool>("--detach") { Description = "Start the run on the running server and return." };
        var command = new Command("run", "Trains an experiment, shows its progress and its results.") { file, settings, detach };
        command.SetAction(context, (parsed, cancellation) =>
        {
            var definition = DefinitionFile.Read(parsed.GetValue(file)!, parsed.GetValue(settings)!, context.WorkingFolder);
            if (!definition.IsSuccess)
                throw new CommandFailedException(definition.Error);

            return context.WithServerAsync(parsed.GetValue(CommandTable.DataFolder), async client =>
            {
                var experiment = await client.SaveAsync(definition.Value, cancellation);
                var runs = await client.StartAsync(experiment, cancellation);
                if (!parsed.GetValue(detach))
                    return await FollowAsync(context.Console, client, runs, cancellation);

                foreach (var run in runs)
                    context.Console.WriteLine(run);
                return 0;
            }, cancellation, parsed.GetValue(detach) ? ServerNeed.Running : ServerNeed.Training);
        });
        return command;
    }

    private static async Task<int> FollowAsync(IAnsiConsole console, ApiClient client, IReadOnlyList<string> runIds, CancellationToken cancellation)
    {
        var boards = new List<RunBoard>();
        foreach (var id in runIds)
            boards.Add(new RunBoard(await client.RunAsync(id, cancellation)));

        await LiveBoard.FollowAsync(console, client, boards, cancellation);

        var details = new List<Application.Runs.RunDetails>();
        foreach (var id in runIds)
            details.Add(await client.RunAsync(id, cancellation));

        foreach (var failed in details.Where(run => run.Summary.Status == RunStatus.Failed))
            CommandTable.PrintError(console, Error.Unavailable($"{failed.Summary.Name} failed: {failed.Summary.Failure}"));
        if (details[0].Summary.Status != RunStatus.Completed)
            return 1;

        console.Write(ResultTable.Of(await WithComparisonAsync(client, details, cancellation)));
        console.MarkupLineInterpolated($"Run [bold]{runIds[0]}[/]; model {details[0].Model}. Export it with: mtl export {runIds[0]} -o model.onnx");
        return 0;
    }

    /// <summary>The comparison is made just after the last run has completed; it is waited for a moment.</summary>
    private static async Task<Application.Runs.RunDetails> WithComparisonAsync(ApiClient client, IReadOnlyList<Application.Runs.RunDetails> details, CancellationToken cancellation)
    {
        var run = details[0];
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var attempt = 0; attempt < 50 && run.Comparison is null && details.All(other => other.Summary.Status == RunStatus.Completed) && run.Definition is { Baselines: true }; attempt++)
        {
            await timer.WaitForNextTickAsync(cancellation);
            run = await client.RunAsync(run.Summary.Id, cancellation);
        }

        return run;
    }
}
