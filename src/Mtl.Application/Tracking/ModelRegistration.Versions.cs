using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Tracking.Models;
using Mtl.Tracking.Search;
using Mtl.Tracking.Tags;

namespace Mtl.Application.Tracking;

internal sealed partial class ModelRegistration
{
    public async Task<Result<VersionDetails>> CreateVersionAsync(NewVersion version, CancellationToken cancellation = default)
    {
        if ((ModelSources.Refuse(version.Source) ?? DescriptionError(version.Description) ?? TrackingRules.Tags(version.Tags, TrackingRules.LongestRegistryTag)
            ?? TrackingRules.Length("Run link", version.RunLink, 2000, "run_link")) is { } wrong)
            return wrong;
        var model = await FindAsync(version.Name, Permission.Edit, cancellation);
        if (!model.IsSuccess)
            return model.Error;
        if (await runs.RefuseSourceAsync(version.RunId, isLinked: version.RunLink.Length > 0, cancellation) is { } missing)
            return missing;

        var now = time.GetUtcNow();
        var added = await registry.AddVersionAsync(
            new ModelVersion(version.Name, Version: 0, version.RunId, File: "", ParityError: 0, Sha256: "", now)
            {
                Description = version.Description,
                Source = version.Source,
                RunLink = version.RunLink,
                ModelId = version.ModelId,
                Owner = access.Caller.Name,
            },
            cancellation);
        if (!added.IsSuccess)
            return added.Error;
        if (version.Tags.Count > 0)
            await tags.SetAsync(TagOwner.ModelVersion(version.Name, added.Value.Version), version.Tags, cancellation);
        await audit.NoteAsync("model.version-create", Resource.RegisteredModel(version.Name), $"version {added.Value.Version} of {version.Source}");
        return (await WithDetailsAsync([added.Value], cancellation))[0];
    }

    public async Task<Result<VersionDetails>> GetVersionAsync(string name, int version, CancellationToken cancellation = default)
    {
        var found = await FindVersionAsync(name, version, Permission.Read, cancellation);
        return found.IsSuccess ? (await WithDetailsAsync([found.Value], cancellation))[0] : found.Error;
    }

    public async Task<Result<VersionDetails>> GetByAliasAsync(string name, string alias, CancellationToken cancellation = default)
    {
        var found = await FindAsync(name, Permission.Read, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        return (await models.AliasesAsync(name, cancellation)).TryGetValue(alias, out var version)
            ? await GetVersionAsync(name, version, cancellation)
            : Error.Invalid($"Registered model alias {alias} not found.", field: "alias");
    }

    public async Task<Result<VersionDetails>> DescribeVersionAsync(string name, int version, string description, CancellationToken cancellation = default)
    {
        if (DescriptionError(description) is { } wrong)
            return wrong;
        return await ChangeVersionAsync(name, version, found => found with { Description = description }, cancellation);
    }

    public async Task<Result<VersionDetails>> MoveAsync(string name, int version, string stage, bool archivesOthers, CancellationToken cancellation = default)
    {
        var wanted = ModelStages.Read(stage);
        if (!wanted.IsSuccess)
            return wanted.Error;
        if (archivesOthers && wanted.Value is not (ModelStages.Staging or ModelStages.Production))
        {
            return Error.Invalid(
                $"Model version transition cannot archive existing model versions because '{wanted.Value}' is not an Active stage. Valid stages are {ModelStages.Staging}, {ModelStages.Production}",
                field: "archive_existing_versions");
        }

        var moved = await ChangeVersionAsync(name, version, found => found with { Stage = wanted.Value }, cancellation);
        if (moved.IsSuccess && archivesOthers)
            foreach (var other in (await models.ListAsync(name, cancellation)).Where(other => other.Version != version && other.Stage == wanted.Value))
                await registry.UpdateVersionAsync(other with { Stage = ModelStages.Archived, UpdatedAt = time.GetUtcNow() }, cancellation);
        if (moved.IsSuccess)
            await audit.NoteAsync("model.stage", Resource.RegisteredModel(name), $"version {version} to {wanted.Value}");
        return moved;
    }

    public async Task<Result<string>> DeleteVersionAsync(string name, int version, CancellationToken cancellation = default)
    {
        var found = await FindVersionAsync(name, version, Permission.Manage, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var removed = await registry.RemoveVersionAsync(name, version, cancellation);
        if (removed.IsSuccess)
            await audit.NoteAsync("model.version-delete", Resource.RegisteredModel(name), $"version {version}");
        return removed.Map(_ => name);
    }

    public async Task<Result<Page<VersionDetails>>> SearchVersionsAsync(SearchRequest request, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Read, Resource.Platform, cancellation) is { } refusal)
            return refusal;
        var query = request.ToQuery(SearchSubject.ModelVersions);
        if (!query.IsSuccess)
            return query.Error;
        var isReadable = await access.ReadableAsync(ResourceKind.RegisteredModel, cancellation);
        var page = await ReadablePage.OfAsync(query.Value, version => isReadable(version.Name), part => search.VersionsAsync(part, cancellation));
        return page.IsSuccess ? new Page<VersionDetails>(await WithDetailsAsync(page.Value.Items, cancellation), page.Value.NextToken) : page.Error;
    }

    public async Task<Result<string>> DownloadUriAsync(string name, int version, CancellationToken cancellation = default)
    {
        var found = await FindVersionAsync(name, version, Permission.Read, cancellation);
        return found.IsSuccess ? await sources.ResolveAsync(await sources.OfAsync(found.Value, cancellation), cancellation) : found.Error;
    }

    public async Task<Result<string>> SetVersionTagAsync(string name, int version, string key, string value, CancellationToken cancellation = default)
    {
        var tag = new Dictionary<string, string> { [key] = value };
        if (TrackingRules.Tags(tag, TrackingRules.LongestRegistryTag, "key") is { } wrong)
            return wrong;
        var found = await FindVersionAsync(name, version, Permission.Edit, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        await tags.SetAsync(TagOwner.ModelVersion(name, version), tag, cancellation);
        return name;
    }

    public async Task<Result<string>> DeleteVersionTagAsync(string name, int version, string key, CancellationToken cancellation = default)
    {
        var found = await FindVersionAsync(name, version, Permission.Edit, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        await tags.DeleteAsync(TagOwner.ModelVersion(name, version), key, cancellation);
        return name;
    }

    private async Task<Result<VersionDetails>> ChangeVersionAsync(string name, int version, Func<ModelVersion, ModelVersion> change, CancellationToken cancellation)
    {
        var found = await FindVersionAsync(name, version, Permission.Edit, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var changed = await registry.UpdateVersionAsync(change(found.Value) with { UpdatedAt = time.GetUtcNow() }, cancellation);
        return changed.IsSuccess ? (await WithDetailsAsync([changed.Value], cancellation))[0] : changed.Error;
    }

    private async Task<Result<ModelVersion>> FindVersionAsync(string name, int version, Permission needed, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(needed, Resource.RegisteredModel(name), cancellation) is { } refusal)
            return refusal.Or(NoSuchVersion(name, version));
        var stored = await models.GetAsync(name, version, cancellation);
        return stored.IsSuccess ? stored.Value : NoSuchVersion(name, version);
    }

    private static Error NoSuchVersion(string name, int version) => Error.NotFound($"Model Version (name={name}, version={version}) not found");

    private async Task<IReadOnlyList<VersionDetails>> WithDetailsAsync(IReadOnlyList<ModelVersion> versions, CancellationToken cancellation)
    {
        var all = await tags.OfAsync(TagOwnerKind.ModelVersion, [.. versions.Select(version => TagOwner.ModelVersion(version.Name, version.Version).Id)], cancellation);
        var aliases = new Dictionary<string, IReadOnlyDictionary<string, int>>();
        foreach (var name in versions.Select(version => version.Name).Distinct())
            aliases[name] = await models.AliasesAsync(name, cancellation);

        var details = new List<VersionDetails>();
        foreach (var version in versions)
        {
            details.Add(new VersionDetails(
                version,
                all[TagOwner.ModelVersion(version.Name, version.Version).Id],
                [.. aliases[version.Name].Where(alias => alias.Value == version.Version).Select(alias => alias.Key).Order(StringComparer.Ordinal)],
                await sources.OfAsync(version, cancellation)));
        }

        return details;
    }
}
