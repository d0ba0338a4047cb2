using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Collaboration.Filing;

/// <inheritdoc cref="IRunFiling"/>
internal sealed class RunFilingService(IRunStore runs, IExperimentStore experiments, IAccess access, IAuditTrail audit, TimeProvider time) : IRunFiling
{
    public const int MostAtOnce = 1000;

    public async Task<Result<string>> RenameAsync(string runId, string name, CancellationToken cancellation = default)
    {
        if (TextRules.RefuseName("run's name", name, "name") is { } wrong)
            return wrong;
        var changed = await ChangeAsync(
            [runId], Permission.Edit, "run.rename", run => RefuseTraining(run, "renamed"), run => run.Name == name ? run : run with { Name = name }, cancellation, RunBatch.OfTag(RunTags.Name, name));
        return changed.Map(_ => name);
    }

    public async Task<Result<int>> MoveAsync(IReadOnlyList<string> runIds, string experimentId, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Edit, Resource.Experiment(experimentId), cancellation) is { } refusal)
            return refusal;
        var target = await experiments.GetAsync(experimentId, cancellation);
        if (!target.IsSuccess)
            return target.Error;
        if (target.Value.IsDeleted)
            return Error.Conflict($"The experiment '{target.Value.Name}' is deleted; runs can't be moved there.", "Restore it, or choose another one.");
        return await ChangeAsync(
            runIds, Permission.Manage, "run.move", run => RefuseTraining(run, "moved"), run => run.ExperimentId == experimentId ? run : run with { ExperimentId = experimentId }, cancellation);
    }

    public Task<Result<int>> ArchiveAsync(IReadOnlyList<string> runIds, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        return ChangeAsync(runIds, Permission.Edit, "run.archive", run => RefuseTraining(run, "archived"), run => run.DeletedAt is null ? run with { DeletedAt = now } : run, cancellation);
    }

    public Task<Result<int>> RestoreAsync(IReadOnlyList<string> runIds, CancellationToken cancellation = default) =>
        ChangeAsync(runIds, Permission.Edit, "run.restore", _ => null, run => run.DeletedAt is null ? run : run with { DeletedAt = null }, cancellation);

    /// <summary>The run's grain is the one that writes it while it trains.</summary>
    private static Error? RefuseTraining(Run run, string verb) => run.Kind != RunKind.Tracked && !run.Status.IsFinal()
        ? Error.Conflict($"The run '{run.Name}' is {run.Status.ToString().ToLowerInvariant()}; it can't be {verb} while the platform trains it.", "Cancel it first, or wait for its end.")
        : null;

    /// <summary>Changes runs after all were looked at; gives back how many are otherwise than before.</summary>
    /// <param name="logged">Written with each run that is changed; nothing when null.</param>
    private async Task<Result<int>> ChangeAsync(
        IReadOnlyList<string> runIds, Permission needed, string action, Func<Run, Error?> refuse, Func<Run, Run> change, CancellationToken cancellation, RunBatch? logged = null)
    {
        if (runIds.Count is 0 or > MostAtOnce)
            return Error.Invalid($"{runIds.Count} runs are named; 1 to {MostAtOnce:N0} are allowed at once.", "Name the runs by their ids.", "runs");
        var found = new List<Run>(runIds.Count);
        foreach (var id in runIds.Distinct())
        {
            if (await access.RefuseAsync(needed, Resource.Run(id), cancellation) is { } refusal)
                return refusal;
            var run = await runs.GetAsync(id, cancellation);
            if (!run.IsSuccess)
                return run.Error;
            if (refuse(run.Value) is { } reason)
                return reason;
            found.Add(run.Value);
        }

        var changed = 0;
        foreach (var run in found)
        {
            if (change(run) is var next && ReferenceEquals(next, run))
                continue;
            var written = await runs.UpdateAsync(next, logged ?? RunBatch.Nothing, cancellation);
            if (!written.IsSuccess)
                return written.Error;
            await audit.NoteAsync(action, Resource.Run(run.Id), next.Name == run.Name ? next.ExperimentId : next.Name);
            changed++;
        }

        return changed;
    }
}
