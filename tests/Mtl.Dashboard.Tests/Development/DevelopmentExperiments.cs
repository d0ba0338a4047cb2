using Mtl.Application.Experiments;
using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Tracking.Runs;

namespace Mtl.Dashboard.Tests.Development;

internal sealed class DevelopmentExperiments(DevelopmentLaboratory laboratory, DevelopmentRuns runs, ICatalogue catalogue) : IExperiments
{
    public async Task<IReadOnlyList<ExperimentSummary>> ListAsync(CancellationToken cancellation = default)
    {
        var summaries = new List<ExperimentSummary>();
        foreach (var experiment in laboratory.Experiments.Values.OrderBy(experiment => experiment.Id, StringComparer.Ordinal))
        {
            var own = await runs.ListAsync(experiment.Id, cancellation);
            summaries.Add(new(
                experiment.Id, experiment.Definition.Name, experiment.Definition.Description, [.. experiment.Definition.Tasks.Select(task => task.Name)],
                own.Count, own.Count(run => !run.Status.IsFinal()), own.Max(run => run.DeltaM), experiment.CreatedAt, own.Select(run => run.CreatedAt).Append(experiment.CreatedAt).Max()));
        }

        return summaries;
    }

    public async Task<Result<ExperimentDetails>> GetAsync(string id, CancellationToken cancellation = default) => laboratory.Experiments.TryGetValue(id, out var found)
        ? new ExperimentDetails(id, found.Definition.Name, found.Definition, found.CreatedAt, found.CreatedAt, await runs.ListAsync(id, cancellation))
        : Error.NotFound($"There is no experiment '{id}'", "It may have been deleted.");

    public Task<Result<ExperimentDetails>> GetByNameAsync(string name, CancellationToken cancellation = default) =>
        GetAsync(laboratory.Experiments.Values.FirstOrDefault(experiment => experiment.Definition.Name == name)?.Id ?? name, cancellation);

    private Result<ExperimentDefinition> Check(ExperimentDefinition definition) => DefinitionRules.Complete(definition, catalogue);

    public Task<Result<string>> CreateAsync(ExperimentDefinition definition, CancellationToken cancellation = default) =>
        Task.FromResult(laboratory.Experiments.Values.Any(experiment => experiment.Definition.Name == definition.Name)
            ? Error.Conflict($"There is an experiment named '{definition.Name}' already.", "Choose another name.") with { Field = "name" }
            : Check(definition).Map(_ => laboratory.Add(definition).Id));

    public Task<Result<string>> UpdateAsync(string id, ExperimentDefinition definition, CancellationToken cancellation = default) => Task.FromResult<Result<string>>(id);

    public Task<Result<string>> DeleteAsync(string id, CancellationToken cancellation = default)
    {
        laboratory.Experiments.TryRemove(id, out _);
        return Task.FromResult<Result<string>>(id);
    }

    public Task<Result<IReadOnlyList<string>>> StartAsync(string id, ExperimentDefinition? variant = null, CancellationToken cancellation = default)
    {
        var experiment = laboratory.Experiments[id];
        var checkedDefinition = Check(variant ?? experiment.Definition);
        if (!checkedDefinition.IsSuccess)
            return Task.FromResult<Result<IReadOnlyList<string>>>(checkedDefinition.Error);
        List<string> started = [laboratory.AddRun(experiment, "new-run", RunKind.MultiTask, variant ?? experiment.Definition, 2).Id];
        if (!laboratory.Runs.Values.Any(run => run.ExperimentId == id && run.Kind == RunKind.Baseline))
            started.Add(laboratory.AddRun(experiment, "Baseline", RunKind.Baseline, experiment.Definition, 2).Id);
        return Task.FromResult<Result<IReadOnlyList<string>>>(started);
    }
}
