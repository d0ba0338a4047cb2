using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;

namespace Mtl.Grains.Training;

/// <summary>Chooses the name under which a run's model is registered: its experiment's, with the end of the experiment's id where another experiment has that name already.</summary>
public sealed class ModelNaming(IModelStore models, IRunStore runs)
{
    private const int SuffixLength = 6;

    public async Task<string> OfAsync(Run run)
    {
        var name = ModelName.Of(run.Plan.Name);
        if (await models.ListAsync(name) is not [.., var first])
            return name;
        var owner = await runs.GetAsync(first.RunId);
        return owner.IsSuccess && owner.Value.ExperimentId != run.ExperimentId ? $"{name}-{run.ExperimentId[^SuffixLength..]}" : name;
    }
}
