using Mtl.Application.Experiments;
using Mtl.Core;

namespace Mtl.Cli.Commands;

/// <summary>Finds what a person means by an experiment: its name or its id.</summary>
internal static class ExperimentReference
{
    public static async Task<ExperimentSummary> FindAsync(ApiClient client, string reference, CancellationToken cancellation)
    {
        var experiments = await client.ExperimentsAsync(cancellation);
        return experiments.FirstOrDefault(experiment => experiment.Name == reference) ?? experiments.FirstOrDefault(experiment => experiment.Id == reference)
            ?? throw new CommandFailedException(Error.NotFound($"There is no experiment '{reference}'.", "'mtl experiments' lists them."));
    }
}
