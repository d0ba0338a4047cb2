using System.CommandLine;

namespace Mtl.Cli.Commands;

internal static class ExperimentsCommand
{
    public static Command Create(CommandContext context) => Listing.Create(
        context,
        "experiments",
        "Lists the experiments.",
        ["Experiment", "Tasks", "Runs", "Active", "Best Δm"],
        (client, cancellation) => client.ExperimentsAsync(cancellation),
        experiment => [experiment.Name, string.Join(", ", experiment.Tasks), $"{experiment.Runs}", $"{experiment.ActiveRuns}", experiment.BestDeltaM is { } best ? $"{best:+0.00;-0.00;0.00} %" : ""],
        "There are no experiments yet. 'mtl run examples/adult.yaml' starts one.",
        wrapping: ["Experiment", "Tasks"]);
}
