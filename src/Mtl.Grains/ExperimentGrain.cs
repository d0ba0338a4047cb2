using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Grains.Contracts;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Runs;
using Orleans;

namespace Mtl.Grains;

/// <inheritdoc cref="IExperimentGrain"/>
public sealed class ExperimentGrain(IExperimentStore experiments, IRunStore runs, ICatalogue catalogue, TimeProvider time) : Grain, IExperimentGrain
{
    private string Id => this.GetPrimaryKeyString();

    public async Task<Reply<string>> Create(string definition)
    {
        var completed = Complete(definition);
        if (!completed.IsSuccess)
            return completed.Error;

        var now = time.GetUtcNow();
        var added = await experiments.AddAsync(new Experiment(Id, completed.Value.Name, completed.Value, now, now, IsDeleted: false, Version: 0));
        return added.Map(experiment => experiment.Id);
    }

    public async Task<Reply<string>> Update(string definition)
    {
        var completed = Complete(definition);
        if (!completed.IsSuccess)
            return completed.Error;

        var stored = await FindAsync();
        return stored.IsSuccess
            ? (await experiments.UpdateAsync(stored.Value with { Name = completed.Value.Name, Definition = completed.Value, UpdatedAt = time.GetUtcNow() })).Map(experiment => experiment.Id)
            : stored.Error;
    }

    public async Task<Reply<string>> Delete()
    {
        var stored = await FindAsync();
        if (!stored.IsSuccess)
            return stored.Error;

        var active = (await runs.ListAsync(Id)).FirstOrDefault(run => !run.Status.IsFinal());
        return active is null
            ? (await experiments.UpdateAsync(stored.Value with { IsDeleted = true, UpdatedAt = time.GetUtcNow() })).Map(experiment => experiment.Id)
            : Error.Conflict($"Experiment '{stored.Value.Name}' has run '{active.Id}', which is {active.Status.ToString().ToLowerInvariant()}.", "Cancel its runs first.");
    }

    public async Task<Reply<string[]>> Start(string? variant)
    {
        var stored = await FindAsync();
        if (!stored.IsSuccess)
            return stored.Error;

        if (stored.Value.Definition is not { } definition)
            return Error.Invalid($"The experiment '{stored.Value.Name}' has no definition: clients log to it, and the platform trains nothing in it.", "Make an experiment with data and tasks.");

        var completed = DefinitionRules.Complete(definition, catalogue);
        if (variant is not null)
            completed = completed.Then(own => Complete(variant).Then(other => VariantOf(own, other)));
        if (!completed.IsSuccess)
            return completed.Error;

        var earlier = await runs.ListAsync(Id);
        var orders = new List<RunOrder> { OrderOf(completed.Value, RunKind.MultiTask, earlier.Count + 1) };
        if (completed.Value.Baselines && Baselines.Of(completed.Value, earlier) is null)
            orders.Add(OrderOf(Baselines.DefinitionFor(completed.Value), RunKind.Baseline, earlier.Count + 2));

        var started = new List<string>();
        foreach (var order in orders)
        {
            var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
            var queued = await GrainFactory.GetGrain<IRunGrain>(id).Queue(order with { Together = orders.Count });
            if (queued.Problem is { } problem)
                return problem.ToError();
            started.Add(id);
        }

        return started.ToArray();
    }

    public async Task RunCompleted(string runId)
    {
        var all = await runs.ListAsync(Id);
        if (all.FirstOrDefault(run => run.Id == runId) is not { } completed)
            return;

        var affected = completed.Kind == RunKind.MultiTask ? [completed] : all.Where(run => run.Kind == RunKind.MultiTask && run.Status == RunStatus.Completed);
        foreach (var run in affected)
            if (Baselines.Of(run.Plan, all) is { Status: RunStatus.Completed } baseline)
                await GrainFactory.GetGrain<IRunGrain>(run.Id).Compare(baseline.Id);
    }

    private async Task<Result<Experiment>> FindAsync() => (await experiments.GetAsync(Id)).Then<Experiment>(experiment => experiment.IsDeleted
        ? Error.NotFound($"The experiment '{experiment.Name}' has been deleted.", "List the experiments to see which exist.")
        : experiment);

    /// <summary>The experiment's runs are compared with each other, so what they predict from which data stays the same.</summary>
    private static Result<ExperimentDefinition> VariantOf(ExperimentDefinition own, ExperimentDefinition variant)
    {
        var differing = DefinitionJson.Write(own.Data) != DefinitionJson.Write(variant.Data) ? "data"
            : DefinitionJson.Write(own.Tasks) != DefinitionJson.Write(variant.Tasks) ? "tasks"
            : null;
        return differing is null
            ? variant with { Name = own.Name }
            : Error.Invalid($"The variant's {differing} differ from those of the experiment '{own.Name}'; its runs share data and tasks.", "Make another experiment for them.", differing);
    }

    private Result<ExperimentDefinition> Complete(string definition) =>
        DefinitionJson.Read<ExperimentDefinition>(definition).Then(read => DefinitionRules.Complete(read, catalogue));

    private RunOrder OrderOf(ExperimentDefinition definition, RunKind kind, int number) => new(
        Id,
        kind == RunKind.Baseline ? $"#{number} single-task baseline" : $"#{number} {(definition.IsNetwork() ? $"{definition.Architecture.Key} · {definition.Weighting.Key}" : definition.MethodKeys())}",
        kind,
        DefinitionJson.Write(definition));
}
