using Mtl.Application.Access;
using Mtl.Application.Runs;
using Mtl.Core;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Search;
using Mtl.Tracking.Tags;

namespace Mtl.Application.Tracking;

/// <inheritdoc cref="IRunTracking"/>
internal sealed class RunTracking(
    IRunStore runs, IExperimentStore experiments, IRunDataStore data, IMetricReader metrics, ITagStore tags, ISearch search, IRuns commands, RunAccess found, ArtifactHomes homes,
    IAccess access, IAuditTrail audit, TimeProvider time) : IRunTracking
{
    /// <summary>Tries of a write that another write came before.</summary>
    private const int Tries = 5;

    public async Task<Result<TrackedRun>> CreateAsync(NewRun run, CancellationToken cancellation = default)
    {
        var experimentId = run.ExperimentId.Length == 0 ? Experiment.DefaultId : run.ExperimentId;
        if (await access.RefuseAsync(Permission.Edit, Resource.Experiment(experimentId), cancellation) is { } refusal)
            return refusal.Or(ExperimentTracking.NoSuchExperiment(experimentId));
        var experiment = await experiments.GetAsync(experimentId, cancellation);
        if (!experiment.IsSuccess)
            return ExperimentTracking.NoSuchExperiment(experimentId);
        if (experiment.Value.IsDeleted)
            return Error.Invalid($"The experiment {experimentId} must be in the 'active' state. Current state is deleted.", field: "experiment_id");

        var given = Last(run.Tags);
        var tagged = given.GetValueOrDefault(RunTags.Name, "");
        if (tagged.Length > 0 && run.Name.Length > 0 && tagged != run.Name)
        {
            return Error.Invalid(
                $"Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='{run.Name}', mlflow.runName='{tagged}').", field: "run_name");
        }

        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString("N");
        given[RunTags.Name] = run.Name.Length > 0 ? run.Name : tagged.Length > 0 ? tagged : RunNames.Of(id);
        if ((TrackingRules.Tags(given, TrackingRules.LongestRunTag) ?? TrackingRules.Length("Run name", given[RunTags.Name], TrackingRules.LongestRunName, "run_name")) is { } wrong)
            return wrong;

        var added = await runs.AddAsync(
            new Run(id, experimentId, given[RunTags.Name], RunKind.Tracked, null, now)
            {
                Status = RunStatus.Running,
                StartedAt = run.StartedAt ?? now,
                Owner = access.Caller.Name.Length > 0 ? access.Caller.Name : run.User.Length > 0 ? run.User : given.GetValueOrDefault(RunTags.User, ""),
            },
            new RunBatch([], new Dictionary<string, string>(), given),
            cancellation);
        return added.IsSuccess ? await GetAsync(id, cancellation) : added.Error;
    }

    public async Task<Result<TrackedRun>> GetAsync(string id, CancellationToken cancellation = default)
    {
        var run = await found.FindAsync(id, Permission.Read, cancellation);
        return run.IsSuccess ? (await WithDataAsync([run.Value], cancellation))[0] : run.Error;
    }

    public async Task<Result<TrackedRun>> UpdateAsync(string id, RunChange change, CancellationToken cancellation = default)
    {
        var run = await found.FindLiveAsync(id, Permission.Edit, cancellation);
        if (!run.IsSuccess)
            return run.Error;
        var changed = await ChangeAsync(run.Value, change, change.Name is { } name ? RunBatch.OfTag(RunTags.Name, name) : RunBatch.Nothing, cancellation);
        return changed.IsSuccess ? await GetAsync(id, cancellation) : changed.Error;
    }

    public async Task<Result<string>> DeleteAsync(string id, CancellationToken cancellation = default)
    {
        var run = await found.FindAsync(id, Permission.Manage, cancellation);
        if (!run.IsSuccess)
            return run.Error;
        if (run.Value.Kind != RunKind.Tracked && !run.Value.Status.IsFinal())
            return Error.Invalid($"The platform trains the run {id}: it is {run.Value.Status.ToString().ToLowerInvariant()}.", "Kill it first (runs/update with status KILLED), then delete it.", "run_id");
        return await NoteAsync("run.delete", id, await ChangeAsync(id, stored => stored with { DeletedAt = stored.DeletedAt ?? time.GetUtcNow() }, cancellation));
    }

    public async Task<Result<string>> RestoreAsync(string id, CancellationToken cancellation = default)
    {
        var run = await found.FindAsync(id, Permission.Manage, cancellation);
        return run.IsSuccess ? await NoteAsync("run.restore", id, await ChangeAsync(id, stored => stored with { DeletedAt = null }, cancellation)) : run.Error;
    }

    public async Task<Result<string>> LogAsync(string id, RunLog log, CancellationToken cancellation = default)
    {
        if (TrackingRules.Batch(log) is { } wrong)
            return wrong;
        var run = await found.FindLiveAsync(id, Permission.Edit, cancellation);
        if (!run.IsSuccess)
            return run.Error;
        if (run.Value.Kind != RunKind.Tracked && await TrainedErrorAsync(id, log, cancellation) is { } trained)
            return trained;
        foreach (var modelId in log.ModelMetrics.Select(metric => metric.ModelId).Distinct())
        {
            if (await access.RefuseAsync(Permission.Edit, Resource.LoggedModel(modelId), cancellation) is { } refusal)
                return refusal.Or(LoggedModels.NoSuchModel(modelId));
        }

        var batch = new RunBatch(log.Metrics, Last(log.Parameters), Last(log.Tags)) { ModelMetrics = log.ModelMetrics };
        return batch.Tags.TryGetValue(RunTags.Name, out var name) && name != run.Value.Name
            ? await ChangeAsync(run.Value, new RunChange(null, null, name), batch, cancellation)
            : (await data.LogAsync(id, batch, cancellation)).Map(_ => id);
    }

    public async Task<Result<string>> DeleteTagAsync(string id, string key, CancellationToken cancellation = default)
    {
        var run = await found.FindLiveAsync(id, Permission.Edit, cancellation);
        if (!run.IsSuccess)
            return run.Error;
        return await tags.DeleteAsync(TagOwner.Run(id), key, cancellation) ? id : Error.NotFound($"No tag with name: {key} in run with id {id}");
    }

    public async Task<Result<string>> LogInputsAsync(string id, IReadOnlyList<DatasetInput> datasets, IReadOnlyList<ModelLink> models, CancellationToken cancellation = default)
    {
        if ((TrackingRules.Most("datasets", datasets.Count, TrackingRules.MostDatasets) ?? TrackingRules.Most("models", models.Count, TrackingRules.MostItems)
            ?? datasets.Select(TrackingRules.Dataset).FirstOrDefault(error => error is not null)) is { } wrong)
            return wrong;
        var run = await found.FindLiveAsync(id, Permission.Edit, cancellation);
        if (!run.IsSuccess)
            return run.Error;
        await data.AddInputsAsync(id, datasets, models, cancellation);
        return id;
    }

    public async Task<Result<string>> LogOutputsAsync(string id, IReadOnlyList<ModelLink> models, CancellationToken cancellation = default)
    {
        if (TrackingRules.Most("models", models.Count, TrackingRules.MostItems) is { } wrong)
            return wrong;
        var run = await found.FindLiveAsync(id, Permission.Edit, cancellation);
        if (!run.IsSuccess)
            return run.Error;
        await data.AddOutputsAsync(id, models, cancellation);
        return id;
    }

    public async Task<Result<string>> LogModelAsync(string id, string modelJson, CancellationToken cancellation = default)
    {
        var model = ModelHistory.Read(modelJson);
        if (!model.IsSuccess)
            return model.Error;
        var run = await found.FindLiveAsync(id, Permission.Edit, cancellation);
        if (!run.IsSuccess)
            return run.Error;

        var kept = await tags.ChangeAsync(TagOwner.Run(id), RunTags.ModelHistory, "[]", history => Longer(ModelHistory.With(history, model.Value)), cancellation);
        return kept.Map(_ => id);

        static Result<string> Longer(string history) => TrackingRules.Length("Tag value", history, TrackingRules.LongestRegistryTag, "model_json") is { } wrong ? wrong : history;
    }

    public async Task<Result<Page<TrackedRun>>> SearchAsync(IReadOnlyCollection<string> experimentIds, SearchRequest request, RecordView view, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Read, Resource.Platform, cancellation) is { } refusal)
            return refusal;
        var query = request.ToQuery(SearchSubject.Runs);
        if (!query.IsSuccess)
            return query.Error;
        var isReadable = await access.ReadableAsync(ResourceKind.Experiment, cancellation);
        string[] readable = [.. experimentIds.Distinct().Where(isReadable)];
        if (readable.Length == 0)
            return new Page<TrackedRun>([], null);
        var page = await search.RunsAsync(readable, query.Value, view, cancellation);
        return page.IsSuccess ? new Page<TrackedRun>(await WithDataAsync(page.Value.Items, cancellation), page.Value.NextToken) : page.Error;
    }

    /// <summary>Changes a run and logs to it in one write.</summary>
    private async Task<Result<string>> ChangeAsync(Run run, RunChange change, RunBatch logged, CancellationToken cancellation)
    {
        if (change.Name is { } name && (name.Length == 0
            ? Error.Invalid("Invalid run name: ''. A run needs a name.", field: "run_name")
            : TrackingRules.Length("Run name", name, TrackingRules.LongestRunName, "run_name")) is { } wrong)
            return wrong;
        return run.Kind == RunKind.Tracked
            ? await ChangeAsync(run.Id, stored => Changed(stored, change), cancellation, logged)
            : await ChangeTrainedAsync(run, change, logged, cancellation);
    }

    /// <summary>A run that goes on has no end, unless the same change gives it one.</summary>
    private static Run Changed(Run run, RunChange change) => run with
    {
        Name = change.Name ?? run.Name,
        Status = change.Status ?? run.Status,
        EndedAt = change.EndedAt ?? (change.Status?.IsFinal() == false ? null : run.EndedAt),
    };

    /// <summary>What a client may change of a run that the platform trains: end it, and name it once it has ended.</summary>
    private async Task<Result<string>> ChangeTrainedAsync(Run run, RunChange change, RunBatch logged, CancellationToken cancellation)
    {
        if (change.Status == RunStatus.Cancelled && !run.Status.IsFinal())
        {
            var cancelled = await commands.CancelAsync(run.Id, cancellation);
            if (!cancelled.IsSuccess)
                return cancelled.Error;
        }
        else if (change.Status is { } status && status != run.Status)
        {
            return Error.Invalid(
                $"The platform trains the run {run.Id} and sets its status: it is {ProtocolStatus.Of(run.Status)}, and can't be made {ProtocolStatus.Of(status)}.",
                run.Status.IsFinal() ? "A finished run stays as it is." : "KILLED ends it.",
                "status");
        }

        if (change.Name is not { } name || name == run.Name)
            return logged.IsEmpty ? run.Id : (await data.LogAsync(run.Id, logged, cancellation)).Map(_ => run.Id);
        return run.Status.IsFinal() || change.Status == RunStatus.Cancelled
            ? await ChangeAsync(run.Id, stored => stored with { Name = name }, cancellation, logged)
            : Error.Invalid($"The platform trains the run {run.Id}; it can't be renamed before it has ended.", "Rename it then, or set a tag of your own.", "run_name");
    }

    private async Task<Error?> TrainedErrorAsync(string id, RunLog log, CancellationToken cancellation)
    {
        if (log.Metrics.Count > 0)
            return Error.Invalid($"The platform trains the run {id} and writes its metrics; '{log.Metrics[0].Key}' can't be logged to it.", "Log to a run of your own; tags may be set on this one.", "metrics");
        if (log.Parameters.Count == 0)
            return null;
        var known = (await data.OfAsync([id], cancellation))[id].Parameters;
        return log.Parameters.Where(parameter => known.GetValueOrDefault(parameter.Key) != parameter.Value).Select(parameter => Error.Invalid(
            $"The platform trains the run {id}; its parameters are its definition's, and '{parameter.Key}' can't be made '{parameter.Value}'.", "Log to a run of your own; tags may be set on this one.", "params")).FirstOrDefault();
    }

    private async Task<Result<string>> NoteAsync(string action, string id, Result<string> done)
    {
        if (done.IsSuccess)
            await audit.NoteAsync(action, Resource.Run(id));
        return done;
    }

    private async Task<Result<string>> ChangeAsync(string id, Func<Run, Run> change, CancellationToken cancellation, RunBatch? logged = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await runs.GetAsync(id, cancellation);
            if (!stored.IsSuccess)
                return stored.Error;
            var written = await runs.UpdateAsync(change(stored.Value), logged ?? RunBatch.Nothing, cancellation);
            if (written.IsSuccess || written.Error.Kind != ErrorKind.Conflict || attempt == Tries)
                return written.Map(run => run.Id);
        }
    }

    private async Task<IReadOnlyList<TrackedRun>> WithDataAsync(IReadOnlyList<Run> page, CancellationToken cancellation)
    {
        string[] ids = [.. page.Select(run => run.Id)];
        var logged = await data.OfAsync(ids, cancellation);
        var last = await metrics.LastAsync(ids, cancellation);
        var tracked = new List<TrackedRun>(page.Count);
        foreach (var run in page)
        {
            tracked.Add(new TrackedRun(run, WithPlan(run, logged[run.Id]), last[run.Id], await homes.OfAsync(run, cancellation)));
        }

        return tracked;
    }

    /// <summary>A run that was queued before parameters were written has its definition's all the same.</summary>
    private static RunData WithPlan(Run run, RunData logged) =>
        run.Definition is { } definition && logged.Parameters.Count == 0 ? logged with { Parameters = DefinitionParameters.Of(definition) } : logged;

    private static Dictionary<string, string> Last(IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        var last = new Dictionary<string, string>();
        foreach (var (key, value) in pairs)
            last[key] = value;
        return last;
    }
}
