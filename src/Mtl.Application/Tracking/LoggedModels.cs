using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Models;
using Mtl.Tracking.Search;
using Mtl.Tracking.Tags;

namespace Mtl.Application.Tracking;

/// <inheritdoc cref="ILoggedModels"/>
internal sealed class LoggedModels(
    ILoggedModelStore models, IExperimentStore experiments, ITagStore tags, ISearch search, RunAccess runs, ArtifactHomes homes, IAccess access, TimeProvider time) : ILoggedModels
{
    public static Error NoSuchModel(string id) => Error.NotFound($"Logged model with ID '{id}' not found.");

    public async Task<Result<TrackedModel>> CreateAsync(NewLoggedModel model, CancellationToken cancellation = default)
    {
        var experimentId = model.ExperimentId.Length == 0 ? Experiment.DefaultId : model.ExperimentId;
        if (await access.RefuseAsync(Permission.Edit, Resource.Experiment(experimentId), cancellation) is { } refusal)
            return refusal.Or(ExperimentTracking.NoSuchExperiment(experimentId));
        var experiment = await experiments.GetAsync(experimentId, cancellation);
        if (!experiment.IsSuccess)
            return ExperimentTracking.NoSuchExperiment(experimentId);
        if (experiment.Value.IsDeleted)
            return Error.Invalid($"The experiment {experimentId} must be in the 'active' state. Current state is deleted.", field: "experiment_id");
        if ((NameError(model.Name) ?? TrackingRules.Length("Model type", model.ModelType, 500, "model_type") ?? TrackingRules.Parameters(model.Parameters)
            ?? TrackingRules.Tags(model.Tags, TrackingRules.LongestRunTag)) is { } wrong)
            return wrong;
        if (await runs.RefuseSourceAsync(model.SourceRunId, isLinked: false, cancellation) is { } missing)
            return missing;

        var now = time.GetUtcNow();
        var key = Guid.CreateVersion7(now).ToString("N");
        var added = new LoggedModel(
            $"m-{key}", experimentId, model.Name.Length > 0 ? model.Name : RunNames.Of(key), model.ModelType, model.SourceRunId, LoggedModelStatus.Pending, now, now)
        {
            Parameters = model.Parameters.ToDictionary(parameter => parameter.Key, parameter => parameter.Value),
        };
        await models.AddAsync(added, cancellation);
        if (model.Tags.Count > 0)
            await tags.SetAsync(TagOwner.LoggedModel(added.Id), model.Tags, cancellation);
        return new TrackedModel(added, model.Tags, await homes.OfAsync(added, cancellation));
    }

    public async Task<Result<TrackedModel>> GetAsync(string id, CancellationToken cancellation = default)
    {
        var found = await FindAsync(id, Permission.Read, cancellation);
        return found.IsSuccess ? (await WithTagsAsync([found.Value], cancellation))[0] : found.Error;
    }

    public async Task<Result<TrackedModel>> FinishAsync(string id, string status, CancellationToken cancellation = default)
    {
        var found = await FindAsync(id, Permission.Edit, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        if (!LoggedModelStatus.All.Contains(status))
            return Error.Invalid($"Invalid model status: '{status}'. It must be one of {string.Join(", ", LoggedModelStatus.All)}.", field: "status");
        if (found.Value.Status != LoggedModelStatus.Pending && found.Value.Status != status)
            return Error.Invalid($"The logged model '{id}' is {found.Value.Status}; it can't be made {status}.", "Log the model again.", "status");
        var changed = await models.SetStatusAsync(id, status, time.GetUtcNow(), cancellation);
        return changed.IsSuccess ? (await WithTagsAsync([changed.Value], cancellation))[0] : changed.Error;
    }

    public async Task<Result<string>> DeleteAsync(string id, CancellationToken cancellation = default)
    {
        var found = await FindAsync(id, Permission.Manage, cancellation);
        return found.IsSuccess ? (await models.RemoveAsync(id, cancellation)).Map(_ => id) : found.Error;
    }

    public async Task<Result<TrackedModel>> SetTagsAsync(string id, IReadOnlyDictionary<string, string> given, CancellationToken cancellation = default)
    {
        if (TrackingRules.Tags(given, TrackingRules.LongestRunTag) is { } wrong)
            return wrong;
        var found = await FindAsync(id, Permission.Edit, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        await tags.SetAsync(TagOwner.LoggedModel(id), given, cancellation);
        return (await WithTagsAsync([found.Value], cancellation))[0];
    }

    public async Task<Result<string>> DeleteTagAsync(string id, string key, CancellationToken cancellation = default)
    {
        var found = await FindAsync(id, Permission.Edit, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        return await tags.DeleteAsync(TagOwner.LoggedModel(id), key, cancellation) ? id : Error.NotFound($"No tag with key {key} for model with ID {id}.");
    }

    public async Task<Result<string>> LogParametersAsync(string id, IReadOnlyList<KeyValuePair<string, string>> parameters, CancellationToken cancellation = default)
    {
        if (TrackingRules.Parameters(parameters) is { } wrong)
            return wrong;
        var found = await FindAsync(id, Permission.Edit, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        return (await models.AddParametersAsync(id, parameters.ToDictionary(parameter => parameter.Key, parameter => parameter.Value), time.GetUtcNow(), cancellation)).Map(model => model.Id);
    }

    public async Task<Result<Page<TrackedModel>>> SearchAsync(IReadOnlyCollection<string> experimentIds, SearchRequest request, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Read, Resource.Platform, cancellation) is { } refusal)
            return refusal;
        var query = request.ToQuery(SearchSubject.LoggedModels);
        if (!query.IsSuccess)
            return query.Error;
        var isReadable = await access.ReadableAsync(ResourceKind.Experiment, cancellation);
        string[] readable = [.. experimentIds.Distinct().Where(isReadable)];
        if (readable.Length == 0)
            return new Page<TrackedModel>([], null);
        var page = await search.LoggedModelsAsync(readable, query.Value, cancellation);
        return page.IsSuccess ? new Page<TrackedModel>(await WithTagsAsync(page.Value.Items, cancellation), page.Value.NextToken) : page.Error;
    }

    private async Task<Result<LoggedModel>> FindAsync(string id, Permission needed, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(needed, Resource.LoggedModel(id), cancellation) is { } refusal)
            return refusal.Or(NoSuchModel(id));
        var stored = await models.GetAsync(id, cancellation);
        return stored.IsSuccess ? stored.Value : NoSuchModel(id);
    }

    private async Task<IReadOnlyList<TrackedModel>> WithTagsAsync(IReadOnlyList<LoggedModel> page, CancellationToken cancellation)
    {
        var all = await tags.OfAsync(TagOwnerKind.LoggedModel, [.. page.Select(model => model.Id)], cancellation);
        var tracked = new List<TrackedModel>(page.Count);
        foreach (var model in page)
            tracked.Add(new TrackedModel(model, all[model.Id], await homes.OfAsync(model, cancellation)));
        return tracked;
    }

    private static Error? NameError(string name) => name.IndexOfAny(['/', ':', '.', '%', '"', '\'']) >= 0
        ? Error.Invalid($"Invalid model name: '{name[..Math.Min(name.Length, 200)]}'. A model name can't hold any of / : . % \" '.", field: "name")
        : TrackingRules.Length("Model name", name, 500, "name");
}
