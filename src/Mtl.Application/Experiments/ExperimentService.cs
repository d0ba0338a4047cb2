using Mtl.Application.Runs;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Grains.Contracts;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;
using Orleans;

namespace Mtl.Application.Experiments;

/// <inheritdoc cref="IExperiments"/>
internal sealed class ExperimentService(
    IExperimentStore experiments, IRunStore runs, IMetricStore metrics, RunSummaries summaries, IGrainFactory grains, TimeProvider time) : IExperiments
{
    public async Task<IReadOnlyList<ExperimentSummary>> ListAsync(CancellationToken cancellation = default)
    {
        var listed = await experiments.ListAsync(cancellation);
        var all = (await runs.ListAsync(cancellation: cancellation)).ToLookup(run => run.ExperimentId);
        var completed = listed.SelectMany(experiment => all[experiment.Id]).Where(IsCompared).Select(run => run.Id).ToArray();
        var latest = await metrics.LatestAsync(completed, cancellation);
        return [.. listed.Select(experiment => SummaryOf(experiment, [.. all[experiment.Id]], latest))];
    }

    public async Task<Result<ExperimentDetails>> GetAsync(string id, CancellationToken cancellation = default)
    {
        var stored = await experiments.GetAsync(id, cancellation);
        return stored.IsSuccess ? await DetailsAsync(stored.Value, cancellation) : stored.Error;
    }

    public async Task<Result<ExperimentDetails>> GetByNameAsync(string name, CancellationToken cancellation = default)
    {
        var stored = await experiments.GetByNameAsync(name, cancellation);
        return stored.IsSuccess ? await DetailsAsync(stored.Value, cancellation) : stored.Error;
    }

    public async Task<Result<string>> CreateAsync(ExperimentDefinition definition, CancellationToken cancellation = default) =>
        (await Grain(Guid.CreateVersion7(time.GetUtcNow()).ToString("N")).Create(DefinitionJson.Write(definition))).ToResult();

    public async Task<Result<string>> UpdateAsync(string id, ExperimentDefinition definition, CancellationToken cancellation = default) =>
        (await Grain(id).Update(DefinitionJson.Write(definition))).ToResult();

    public async Task<Result<string>> DeleteAsync(string id, CancellationToken cancellation = default) => (await Grain(id).Delete()).ToResult();

    public async Task<Result<IReadOnlyList<string>>> StartAsync(string id, ExperimentDefinition? variant = null, CancellationToken cancellation = default) =>
        (await Grain(id).Start(variant is null ? null : DefinitionJson.Write(variant))).ToResult().Map<IReadOnlyList<string>>(ids => ids);

    private IExperimentGrain Grain(string id) => grains.GetGrain<IExperimentGrain>(id);

    private async Task<ExperimentDetails> DetailsAsync(Experiment experiment, CancellationToken cancellation) => new(
        experiment.Id,
        experiment.Name,
        experiment.Definition,
        experiment.CreatedAt,
        experiment.UpdatedAt,
        await summaries.OfAsync(await runs.ListAsync(experiment.Id, cancellation), cancellation));

    private static bool IsCompared(Run run) => run is { Kind: RunKind.MultiTask, Status: RunStatus.Completed };

    private static ExperimentSummary SummaryOf(Experiment experiment, IReadOnlyList<Run> runs, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> latest)
    {
        var deltas = runs.Where(IsCompared).Select(run => RunSummaries.DeltaM(latest.GetValueOrDefault(run.Id))).OfType<double>().ToArray();
        return new ExperimentSummary(
            experiment.Id,
            experiment.Name,
            experiment.Definition?.Description ?? "",
            [.. (experiment.Definition?.Tasks ?? []).Select(task => task.Name)],
            runs.Count,
            runs.Count(run => run.Status is RunStatus.Queued or RunStatus.Running),
            deltas.Length == 0 ? null : deltas.Max(),
            experiment.CreatedAt,
            runs.Select(run => run.EndedAt ?? run.StartedAt ?? run.CreatedAt).Append(experiment.UpdatedAt).Max());
    }
}
