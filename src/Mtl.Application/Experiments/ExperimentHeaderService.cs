using Mtl.Application.Access;
using Mtl.Application.Tracking;
using Mtl.Core;
using Mtl.Tracking.Experiments;

namespace Mtl.Application.Experiments;

/// <inheritdoc cref="IExperimentHeaders"/>
internal sealed class ExperimentHeaderService(IExperimentStore experiments, IExperimentTracking tracking, IAccess access) : IExperimentHeaders
{
    public async Task<Result<ExperimentHeader>> GetAsync(string id, CancellationToken cancellation = default) => await access.RefuseAsync(Permission.Read, Resource.Experiment(id), cancellation) is { } refusal
        ? refusal
        : (await experiments.GetAsync(id, cancellation)).Map(experiment => new ExperimentHeader(experiment.Id, experiment.Name, experiment.Definition, experiment.IsDeleted));

    public Task<Result<string>> RenameAsync(string id, string name, CancellationToken cancellation = default) => tracking.RenameAsync(id, name, cancellation);
}
