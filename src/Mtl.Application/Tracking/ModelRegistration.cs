using Mtl.Application.Access;
using Mtl.Application.Models;
using Mtl.Core;
using Mtl.Tracking.Models;
using Mtl.Tracking.People;
using Mtl.Tracking.Search;
using Mtl.Tracking.Tags;

namespace Mtl.Application.Tracking;

/// <inheritdoc cref="IModelRegistration"/>
internal sealed partial class ModelRegistration(
    IModelRegistry registry, IModelStore models, ITagStore tags, ISearch search, IModels exported, ModelSources sources, RunAccess runs, IGrantStore grants,
    IAccess access, IOwnership ownership, IAuditTrail audit, TimeProvider time) : IModelRegistration
{
    public async Task<Result<RegisteredModelDetails>> CreateAsync(string name, string description, IReadOnlyDictionary<string, string> given, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Edit, Resource.Platform, cancellation) is { } refusal)
            return refusal;
        if ((NameError(name, "name") ?? DescriptionError(description) ?? TrackingRules.Tags(given, TrackingRules.LongestRegistryTag)) is { } wrong)
            return wrong;
        var now = time.GetUtcNow();
        var added = await registry.AddModelAsync(new RegisteredModel(name, description, now, now), cancellation);
        if (!added.IsSuccess)
            return added.Error.Kind == ErrorKind.Conflict ? Taken(name) : added.Error;
        await ownership.TakeAsync(Resource.RegisteredModel(name));
        if (given.Count > 0)
            await tags.SetAsync(TagOwner.RegisteredModel(name), given, cancellation);
        await audit.NoteAsync("model.create", Resource.RegisteredModel(name));
        return await DetailsAsync(added.Value, cancellation);
    }

    public async Task<Result<RegisteredModelDetails>> GetAsync(string name, CancellationToken cancellation = default)
    {
        var found = await FindAsync(name, Permission.Read, cancellation);
        return found.IsSuccess ? await DetailsAsync(found.Value, cancellation) : found.Error;
    }

    public async Task<Result<RegisteredModelDetails>> RenameAsync(string name, string newName, CancellationToken cancellation = default)
    {
        if (NameError(newName, "new_name") is { } wrong)
            return wrong;
        var found = await FindAsync(name, Permission.Manage, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var renamed = await registry.RenameModelAsync(name, newName, time.GetUtcNow(), cancellation);
        if (!renamed.IsSuccess)
            return renamed.Error.Kind == ErrorKind.Conflict ? Taken(newName) : renamed.Error;
        await grants.RenameAsync(Things.Model, name, newName, CancellationToken.None);
        await audit.NoteAsync("model.rename", Resource.RegisteredModel(newName), $"from '{name}'");
        return await DetailsAsync(renamed.Value, cancellation);
    }

    public async Task<Result<RegisteredModelDetails>> DescribeAsync(string name, string description, CancellationToken cancellation = default)
    {
        if (DescriptionError(description) is { } wrong)
            return wrong;
        var found = await FindAsync(name, Permission.Edit, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var described = await registry.DescribeModelAsync(name, description, time.GetUtcNow(), cancellation);
        return described.IsSuccess ? await DetailsAsync(described.Value, cancellation) : described.Error;
    }

    public async Task<Result<string>> DeleteAsync(string name, CancellationToken cancellation = default)
    {
        var found = await FindAsync(name, Permission.Manage, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var removed = await registry.RemoveModelAsync(name, cancellation);
        if (!removed.IsSuccess)
            return removed.Error;

        // Another model of that name is another's to give.
        foreach (var line in await grants.ListAsync(Things.Model, name, CancellationToken.None))
            await grants.RemoveAsync(Things.Model, name, line.Principal, CancellationToken.None);
        await audit.NoteAsync("model.delete", Resource.RegisteredModel(name));
        return name;
    }

    public async Task<Result<Page<RegisteredModelDetails>>> SearchAsync(SearchRequest request, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Read, Resource.Platform, cancellation) is { } refusal)
            return refusal;
        var query = request.ToQuery(SearchSubject.RegisteredModels);
        if (!query.IsSuccess)
            return query.Error;
        var isReadable = await access.ReadableAsync(ResourceKind.RegisteredModel, cancellation);
        var page = await ReadablePage.OfAsync(query.Value, model => isReadable(model.Name), part => search.ModelsAsync(part, cancellation));
        if (!page.IsSuccess)
            return page.Error;
        var details = new List<RegisteredModelDetails>();
        foreach (var model in page.Value.Items)
            details.Add(await DetailsAsync(model, cancellation));
        return new Page<RegisteredModelDetails>(details, page.Value.NextToken);
    }

    public async Task<Result<string>> SetTagAsync(string name, string key, string value, CancellationToken cancellation = default)
    {
        var tag = new Dictionary<string, string> { [key] = value };
        if (TrackingRules.Tags(tag, TrackingRules.LongestRegistryTag, "key") is { } wrong)
            return wrong;
        var found = await FindAsync(name, Permission.Edit, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        await tags.SetAsync(TagOwner.RegisteredModel(name), tag, cancellation);
        return name;
    }

    public async Task<Result<string>> DeleteTagAsync(string name, string key, CancellationToken cancellation = default)
    {
        var found = await FindAsync(name, Permission.Edit, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        await tags.DeleteAsync(TagOwner.RegisteredModel(name), key, cancellation);
        return name;
    }

    public async Task<Result<string>> SetAliasAsync(string name, string alias, int version, CancellationToken cancellation = default)
    {
        var found = await FindVersionAsync(name, version, Permission.Edit, cancellation);
        return found.IsSuccess ? await exported.SetAliasAsync(name, alias, version, cancellation) : found.Error;
    }

    public async Task<Result<string>> DeleteAliasAsync(string name, string alias, CancellationToken cancellation = default)
    {
        var found = await FindAsync(name, Permission.Edit, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        return (await models.AliasesAsync(name, cancellation)).ContainsKey(alias) ? await exported.SetAliasAsync(name, alias, null, cancellation) : alias;
    }

    public async Task<Result<IReadOnlyList<VersionDetails>>> LatestAsync(string name, IReadOnlyList<string> stages, CancellationToken cancellation = default)
    {
        var wanted = new List<string>();
        foreach (var stage in stages)
        {
            var canonical = ModelStages.Read(stage);
            if (!canonical.IsSuccess)
                return canonical.Error;
            wanted.Add(canonical.Value);
        }

        var details = await GetAsync(name, cancellation);
        return details.Map<IReadOnlyList<VersionDetails>>(model => [.. model.Latest.Where(version => wanted.Count == 0 || wanted.Contains(version.Version.Stage))]);
    }

    private async Task<Result<RegisteredModel>> FindAsync(string name, Permission needed, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(needed, Resource.RegisteredModel(name), cancellation) is { } refusal)
            return refusal.Or(NoSuchModel(name));
        var stored = await registry.GetModelAsync(name, cancellation);
        return stored.IsSuccess ? stored.Value : NoSuchModel(name);
    }

    private async Task<RegisteredModelDetails> DetailsAsync(RegisteredModel model, CancellationToken cancellation)
    {
        var versions = await models.ListAsync(model.Name, cancellation);
        var aliases = await models.AliasesAsync(model.Name, cancellation);
        var latest = versions.GroupBy(version => version.Stage).Select(stage => stage.MaxBy(version => version.Version)!).OrderBy(version => version.Version).ToArray();
        return new RegisteredModelDetails(
            model, (await tags.OfAsync(TagOwnerKind.RegisteredModel, [model.Name], cancellation))[model.Name], aliases, await WithDetailsAsync(latest, cancellation));
    }

    private static Error NoSuchModel(string name) => Error.NotFound($"Registered Model with name={name} not found");

    private static Error Taken(string name) => Error.Conflict($"Registered Model (name={name}) already exists.");

    private static Error? NameError(string name, string field) => name.Trim().Length == 0 ? Error.Invalid("Registered model name cannot be empty.", field: field)
        : name.IndexOfAny(['/', ':']) >= 0 || name.Any(char.IsControl) ? Error.Invalid($"Invalid value for registered model name: '{name[..Math.Min(name.Length, 200)]}'. It can't hold '/', ':' or control characters.", field: field)
        : name is "." or ".." ? Error.Invalid($"Invalid value for registered model name: '{name}'. No address can hold it.", field: field)
        : TrackingRules.Length("Registered model name", name, TrackingRules.LongestModelName, field);

    private static Error? DescriptionError(string description) => TrackingRules.Length("Description", description, TrackingRules.LongestDescription, "description");
}
