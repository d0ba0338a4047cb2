using System.CommandLine;

namespace Mtl.Cli.Commands;

internal static class RunsCommand
{
    public static Command Create(CommandContext context) => Listing.Create(
        context,
        "runs",
        "Lists the runs of all experiments.",
        ["Run", "Experiment", "Name", "Status", "Epoch", "Δm", "Started"],
        (client, cancellation) => client.RunsAsync(null, cancellation),
        run =>
        [
            run.Id, run.ExperimentName, run.Name, run.Status.ToString().ToLowerInvariant(), $"{run.Progress.Epoch}/{run.Progress.Epochs}",
            run.DeltaM is { } deltaM ? $"{deltaM:+0.00;-0.00;0.00} %" : "", run.StartedAt?.ToLocalTime().ToString("yyyy-MM-dd HH:mm") ?? "",
        ],
        "There are no runs yet. 'mtl run examples/adult.yaml' starts one.",
        wrapping: ["Experiment", "Name"]);
}
