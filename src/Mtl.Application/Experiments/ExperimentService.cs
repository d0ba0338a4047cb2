using Mtl.Application.Access;
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
    IExperimentStore experiments, IRunStore runs, IMetricStore metrics, RunSummaries summaries, IGrainFactory grains, TimeProvider time,
    IAccess access, DefinitionAccess references, IOwnership ownership, IAuditTrail audit) : IExperiments
{
    public async Task<IReadOnlyList<ExperimentSummary>> ListAsync(CancellationToken cancellation = default)
    {
        var isReadable = await access.ReadableAsync(ResourceKind.Experiment, cancellation);
        var counts = await runs.CountByExperimentAsync(cancellation);
        // The experiment of clients that name none is always there; it is worth a row once there is a run in it.
        Experiment[] listed = [.. (await experiments.ListAsync(cancellation)).Where(experiment => isReadable(experiment.Id) && (experiment.Id != Experiment.DefaultId || counts.ContainsKey(experiment.Id)))];
        string[] compared = [.. listed.SelectMany(experiment => counts.GetValueOrDefault(experiment.Id)?.Compared ?? [])];
        var latest = await metrics.LatestAsync(compared, cancellation);
        return [.. listed.Select(experiment => SummaryOf(experiment, counts.GetValueOrDefault(experiment.Id), latest))];
    }

    public async Task<Result<ExperimentDetails>> GetAsync(string id, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Read, Resource.Experiment(id), cancellation) is { } refusal)
            return refusal;
        var stored = await experiments.GetAsync(id, cancellation);
        return stored.IsSuccess ? await DetailsAsync(stored.Value, cancellation) : stored.Error;
    }

    public async Task<Result<ExperimentDetails>> GetByNameAsync(string name, CancellationToken cancellation = default)
    {
        var stored = await experiments.GetByNameAsync(name, cancellation);
        if (!stored.IsSuccess)
            return stored.Error;
        if (await access.RefuseAsync(Permission.Read, Resource.Experiment(stored.Value.Id), cancellation) is { } refusal)
            return refusal.Kind == ErrorKind.NotFound ? Refusals.HiddenName("experiment", name) : refusal;
        return await DetailsAsync(stored.Value, cancellation);
    }

    public async Task<Result<string>> CreateAsync(ExperimentDefinition definition, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Edit, Resource.Platform, cancellation) is { } refusal)
            return refusal;
        if (await references.RefuseAsync(definition, before: null, cancellation) is { } unusable)
            return unusable;
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        await ownership.TakeAsync(Resource.Experiment(id));
        var created = (await Grain(id).Create(DefinitionJson.Write(definition))).ToResult();
        if (created.IsSuccess)
            await audit.NoteAsync("experiment.create", Resource.Experiment(id), definition.Name);
        return created;
    }

    public async Task<Result<string>> UpdateAsync(string id, ExperimentDefinition definition, CancellationToken cancellation = default)
    {
        if (await RefuseAsync(Permission.Edit, id, definition, cancellation) is { } refusal)
            return refusal;
        var updated = (await Grain(id).Update(DefinitionJson.Write(definition))).ToResult();
        if (updated.IsSuccess)
            await audit.NoteAsync("experiment.update", Resource.Experiment(id), definition.Name);
        return updated;
    }

    public async Task<Result<string>> DeleteAsync(string id, CancellationToken cancellation = default)
    {
        if (await RefuseAsync(Permission.Manage, id, definition: null, cancellation) is { } refusal)
            return refusal;
        if (id == Experiment.DefaultId)
            return DefaultStays();
        var deleted = (await Grain(id).Delete()).ToResult();
        if (deleted.IsSuccess)
            await audit.NoteAsync("experiment.delete", Resource.Experiment(id));
        return deleted;
    }

    public async Task<Result<IReadOnlyList<string>>> StartAsync(string id, ExperimentDefinition? variant = null, CancellationToken cancellation = default)
    {
        if (await RefuseAsync(Permission.Edit, id, variant, cancellation) is { } refusal)
            return refusal;
        var started = (await Grain(id).Start(variant is null ? null : DefinitionJson.Write(variant))).ToResult();
        if (started.IsSuccess)
            await audit.NoteAsync("experiment.start", Resource.Experiment(id), $"runs {string.Join(", ", started.Value)}");
        return started.Map<IReadOnlyList<string>>(ids => ids);
    }

    private async Task<Error?> RefuseAsync(Permission needed, string id, ExperimentDefinition? definition, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(needed, Resource.Experiment(id), cancellation) is { } refusal)
            return refusal;
        var stored = await experiments.GetAsync(id, cancellation);
        return !stored.IsSuccess ? stored.Error
            : definition is null ? null
            : await references.RefuseAsync(definition, stored.Value.Definition, cancellation);
    }

    /// <summary>Why the experiment of clients that name none can't be deleted.</summary>
    public static Error DefaultStays() =>
        Error.Invalid("The default experiment can't be deleted: runs of clients that name no experiment go there.", "Delete its runs instead.", "experiment_id");

    private IExperimentGrain Grain(string id) => grains.GetGrain<IExperimentGrain>(id);

    private async Task<ExperimentDetails> DetailsAsync(Experiment experiment, CancellationToken cancellation) => new(
        experiment.Id,
        experiment.Name,
        experiment.Definition,
        experiment.CreatedAt,
        experiment.UpdatedAt,
        await summaries.OfAsync([.. (await runs.ListAsync(experiment.Id, cancellation)).Where(run => run.DeletedAt is null)], cancellation));

    private static ExperimentSummary SummaryOf(Experiment experiment, RunCounts? counts, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> latest)
    {
        var deltas = (counts?.Compared ?? []).Select(run => RunSummaries.DeltaM(latest.GetValueOrDefault(run))).OfType<double>().ToArray();
        return new ExperimentSummary(
            experiment.Id,
            experiment.Name,
            experiment.Definition?.Description ?? "",
            [.. (experiment.Definition?.Tasks ?? []).Select(task => task.Name)],
            (int)(counts?.Runs ?? 0),
            (int)(counts?.Active ?? 0),
            deltas.Length == 0 ? null : deltas.Max(),
            experiment.CreatedAt,
            counts?.LastAt > experiment.UpdatedAt ? counts.LastAt : experiment.UpdatedAt);
    }
}
