using System.Collections.Concurrent;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Tracking;

/// <summary>Where the files of runs and logged models are, as clients address them. An experiment's place never changes, so it is looked up once.</summary>
internal sealed class ArtifactHomes(IExperimentStore experiments)
{
    private readonly ConcurrentDictionary<string, string> locations = new();

    /// <summary>What the platform trains keeps its files on this server, wherever clients keep theirs.</summary>
    public async Task<string> OfAsync(Run run, CancellationToken cancellation) =>
        ArtifactAddress.OfRun(run.Kind == RunKind.Tracked ? await LocationAsync(run.ExperimentId, cancellation) : ArtifactAddress.OnServer(run.ExperimentId), run.Id);

    public async Task<string> OfAsync(LoggedModel model, CancellationToken cancellation) => ArtifactAddress.OfModel(await LocationAsync(model.ExperimentId, cancellation), model.Id);

    private async Task<string> LocationAsync(string experimentId, CancellationToken cancellation)
    {
        if (locations.TryGetValue(experimentId, out var known))
            return known;
        var found = await experiments.GetAsync(experimentId, cancellation);
        return locations[experimentId] = found.IsSuccess ? ArtifactAddress.Of(found.Value) : ArtifactAddress.OnServer(experimentId);
    }
}
