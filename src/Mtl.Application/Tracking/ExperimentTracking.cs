using Mtl.Application.Access;
using Mtl.Application.Experiments;
using Mtl.Core;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Search;
using Mtl.Tracking.Tags;

namespace Mtl.Application.Tracking;

/// <inheritdoc cref="IExperimentTracking"/>
internal sealed class ExperimentTracking(IExperimentStore experiments, ITagStore tags, ISearch search, IExperiments trained, IAccess access, IOwnership ownership, IAuditTrail audit, TimeProvider time) : IExperimentTracking
{
    /// <summary>Tries of a write that another write came before.</summary>
    private const int Tries = 5;

    public async Task<Result<string>> CreateAsync(string name, string artifactLocation, IReadOnlyDictionary<string, string> given, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Edit, Resource.Platform, cancellation) is { } refusal)
            return refusal;
        if ((NameError(name) ?? LocationError(artifactLocation) ?? TrackingRules.Tags(given, TrackingRules.LongestExperimentTag)) is { } wrong)
            return wrong;

        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString("N");
        await ownership.TakeAsync(Resource.Experiment(id));
        var added = await experiments.AddAsync(
            new Experiment(id, name, null, now, now, IsDeleted: false, Version: 0)
            {
                ArtifactLocation = artifactLocation.StartsWith(ArtifactAddress.Scheme, StringComparison.Ordinal) ? "" : artifactLocation,
            },
            cancellation);
        if (!added.IsSuccess)
            return added.Error.Kind == ErrorKind.Conflict ? Error.Conflict($"Experiment(name={name}) already exists. {added.Error}") : added.Error;
        if (given.Count > 0)
            await tags.SetAsync(TagOwner.Experiment(id), given, cancellation);
        await audit.NoteAsync("experiment.create", Resource.Experiment(id), name);
        return id;
    }

    public async Task<Result<TrackedExperiment>> GetAsync(string id, CancellationToken cancellation = default)
    {
        var found = await FindAsync(id, Permission.Read, cancellation);
        return found.IsSuccess ? (await WithTagsAsync([found.Value], cancellation))[0] : found.Error;
    }

    public async Task<Result<TrackedExperiment>> GetByNameAsync(string name, CancellationToken cancellation = default)
    {
        var named = await experiments.GetByNameAsync(name, cancellation);
        if (!named.IsSuccess)
        {
            var query = new SearchQuery([new Condition(SearchField.Attribute, "name", Comparison.Equal, new ConditionValue.Text(name))], [], PageSize: 1);
            var deleted = await search.ExperimentsAsync(query, RecordView.Deleted, cancellation);
            if (!deleted.IsSuccess)
                return deleted.Error;
            if (deleted.Value.Items.Count == 0)
                return NoSuchName(name);
            named = deleted.Value.Items[0];
        }

        return await access.RefuseAsync(Permission.Read, Resource.Experiment(named.Value.Id), cancellation) is { } refusal
            ? refusal.Or(NoSuchName(name))
            : (await WithTagsAsync([named.Value], cancellation))[0];
    }

    public async Task<Result<Page<TrackedExperiment>>> SearchAsync(SearchRequest request, RecordView view, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Read, Resource.Platform, cancellation) is { } refusal)
            return refusal;
        var query = request.ToQuery(SearchSubject.Experiments);
        if (!query.IsSuccess)
            return query.Error;
        var isReadable = await access.ReadableAsync(ResourceKind.Experiment, cancellation);
        var page = await ReadablePage.OfAsync(query.Value, experiment => isReadable(experiment.Id), part => search.ExperimentsAsync(part, view, cancellation));
        return page.IsSuccess ? new Page<TrackedExperiment>(await WithTagsAsync(page.Value.Items, cancellation), page.Value.NextToken) : page.Error;
    }

    public async Task<Result<string>> RenameAsync(string id, string name, CancellationToken cancellation = default)
    {
        if (NameError(name) is { } wrong)
            return wrong;
        var found = await FindLiveAsync(id, Permission.Edit, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        return found.Value.Definition is { } definition
            ? await trained.UpdateAsync(id, definition with { Name = name }, cancellation)
            : await NoteAsync("experiment.update", id, name, await ChangeAsync(id, experiment => experiment with { Name = name }, cancellation));
    }

    public async Task<Result<string>> DeleteAsync(string id, CancellationToken cancellation = default)
    {
        var found = await FindLiveAsync(id, Permission.Manage, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        if (id == Experiment.DefaultId)
            return ExperimentService.DefaultStays();
        return found.Value.Definition is not null
            ? await trained.DeleteAsync(id, cancellation)
            : await NoteAsync("experiment.delete", id, found.Value.Name, await ChangeAsync(id, experiment => experiment with { IsDeleted = true }, cancellation));
    }

    public async Task<Result<string>> RestoreAsync(string id, CancellationToken cancellation = default)
    {
        var found = await FindAsync(id, Permission.Manage, cancellation);
        return found.IsSuccess
            ? await NoteAsync("experiment.restore", id, found.Value.Name, await ChangeAsync(id, experiment => experiment with { IsDeleted = false }, cancellation))
            : found.Error;
    }

    public async Task<Result<string>> SetTagAsync(string id, string key, string value, CancellationToken cancellation = default)
    {
        var tag = new Dictionary<string, string> { [key] = value };
        if (TrackingRules.Tags(tag, TrackingRules.LongestExperimentTag, "key") is { } wrong)
            return wrong;
        var found = await FindLiveAsync(id, Permission.Edit, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        await tags.SetAsync(TagOwner.Experiment(id), tag, cancellation);
        return id;
    }

    public async Task<Result<string>> DeleteTagAsync(string id, string key, CancellationToken cancellation = default)
    {
        var found = await FindLiveAsync(id, Permission.Edit, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        return await tags.DeleteAsync(TagOwner.Experiment(id), key, cancellation)
            ? id
            : Error.NotFound($"No tag with name: {key} in experiment with id {id}");
    }

    private async Task<Result<Experiment>> FindAsync(string id, Permission needed, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(needed, Resource.Experiment(id), cancellation) is { } refusal)
            return refusal.Or(NoSuchExperiment(id));
        var stored = await experiments.GetAsync(id, cancellation);
        return stored.IsSuccess ? stored.Value : NoSuchExperiment(id);
    }

    private async Task<Result<Experiment>> FindLiveAsync(string id, Permission needed, CancellationToken cancellation) => (await FindAsync(id, needed, cancellation))
        .Then<Experiment>(experiment => experiment.IsDeleted ? Error.Invalid($"The experiment {id} must be in the 'active' state. Current state is deleted.", field: "experiment_id") : experiment);

    private async Task<Result<string>> NoteAsync(string action, string id, string detail, Result<string> done)
    {
        if (done.IsSuccess)
            await audit.NoteAsync(action, Resource.Experiment(id), detail);
        return done;
    }

    private async Task<Result<string>> ChangeAsync(string id, Func<Experiment, Experiment> change, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await experiments.GetAsync(id, cancellation);
            if (!stored.IsSuccess)
                return stored.Error;
            var written = await experiments.UpdateAsync(change(stored.Value) with { UpdatedAt = time.GetUtcNow() }, cancellation);
            var isTaken = written is { IsSuccess: false, Error.Kind: ErrorKind.Conflict } && (await experiments.GetAsync(id, cancellation)) is { IsSuccess: true, Value.Version: var version } && version == stored.Value.Version;
            if (written.IsSuccess || written.Error.Kind != ErrorKind.Conflict || isTaken || attempt == Tries)
                return written.Map(experiment => experiment.Id);
        }
    }

    private async Task<IReadOnlyList<TrackedExperiment>> WithTagsAsync(IReadOnlyList<Experiment> found, CancellationToken cancellation)
    {
        var all = await tags.OfAsync(TagOwnerKind.Experiment, [.. found.Select(experiment => experiment.Id)], cancellation);
        return [.. found.Select(experiment => new TrackedExperiment(experiment, all[experiment.Id], ArtifactAddress.Of(experiment)))];
    }

    public static Error NoSuchExperiment(string id) => Error.NotFound($"No Experiment with id={id} exists");

    private static Error NoSuchName(string name) => Error.NotFound($"Could not find experiment with name '{name}'");

    private static Error? NameError(string name) => name.Trim().Length == 0
        ? Error.Invalid($"Invalid experiment name: '{name}'", field: "name")
        : TrackingRules.Length("Experiment name", name, TrackingRules.LongestExperimentName, "name");

    /// <summary>Files are elsewhere only by an address that clients can write to by themselves.</summary>
    private static Error? LocationError(string location) =>
        location.Length == 0 || location.StartsWith(ArtifactAddress.Scheme, StringComparison.Ordinal) || (Uri.TryCreate(location, UriKind.Absolute, out var uri) && uri.Scheme is not ("file" or "runs" or "models") && uri.Fragment.Length == 0)
            ? TrackingRules.Length("Artifact location", location, 2048, "artifact_location")
            : Error.Invalid(
                $"Invalid artifact location: '{location[..Math.Min(location.Length, 200)]}'. It must be the address of a store that clients reach by themselves (such as s3://bucket/folder), or be left out.",
                "Without one, files are kept on this server.",
                "artifact_location");
}
