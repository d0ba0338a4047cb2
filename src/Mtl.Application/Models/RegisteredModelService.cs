using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Tracking.Models;
using Mtl.Tracking.Search;
using Mtl.Tracking.Tags;

namespace Mtl.Application.Models;

/// <inheritdoc cref="IRegisteredModels"/>
internal sealed class RegisteredModelService(
    ISearch search, IModelRegistry registry, IModelStore models, ITagStore tags, IAccess access, IAuditTrail audit, TimeProvider time) : IRegisteredModels
{
    private const int PageSize = 100;

    public async Task<Result<RegisteredModelPage>> ListAsync(string find = "", string? token = null, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Read, Resource.Platform, cancellation) is { } refusal)
            return refusal;
        Condition[] named = find.Length == 0 ? [] : [new Condition(SearchField.Attribute, "name", Comparison.ILike, new ConditionValue.Text($"%{find}%"))];
        var isReadable = await access.ReadableAsync(ResourceKind.RegisteredModel, cancellation);
        var query = new SearchQuery(named, [new OrderTerm(SearchField.Attribute, "name", false)], PageSize, token);
        var page = await ReadablePage.OfAsync(query, model => isReadable(model.Name), part => search.ModelsAsync(part, cancellation));
        if (!page.IsSuccess)
            return page.Error;
        var rows = new List<RegisteredModelRow>();
        foreach (var model in page.Value.Items)
        {
            var versions = await models.ListAsync(model.Name, cancellation);
            rows.Add(new RegisteredModelRow(model, versions.Count > 0 ? versions[0] : null, versions.Count, await models.AliasesAsync(model.Name, cancellation)));
        }

        return new RegisteredModelPage(rows, page.Value.NextToken);
    }

    public async Task<Result<RegisteredModelView>> GetAsync(string name, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Read, Resource.RegisteredModel(name), cancellation) is { } refusal)
            return refusal;
        var model = await registry.GetModelAsync(name, cancellation);
        if (!model.IsSuccess)
            return model.Error;
        var versions = await models.ListAsync(name, cancellation);
        var ofVersions = await tags.OfAsync(TagOwnerKind.ModelVersion, [.. versions.Select(version => TagOwner.ModelVersion(name, version.Version).Id)], cancellation);
        return new RegisteredModelView(
            model.Value, versions, await models.AliasesAsync(name, cancellation), versions.ToDictionary(version => version.Version, version => ofVersions[TagOwner.ModelVersion(name, version.Version).Id]));
    }

    public async Task<Result<string>> SetStageAsync(string name, int version, string stage, CancellationToken cancellation = default)
    {
        if (!IRegisteredModels.Stages.Contains(stage))
            return Error.Invalid($"'{stage}' is no stage; there are {string.Join(", ", IRegisteredModels.Stages)}.", field: "stage");
        if (await access.RefuseAsync(Permission.Edit, Resource.RegisteredModel(name), cancellation) is { } refusal)
            return refusal;
        var found = await models.GetAsync(name, version, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var moved = await registry.UpdateVersionAsync(found.Value with { Stage = stage, UpdatedAt = time.GetUtcNow() }, cancellation);
        if (moved.IsSuccess)
            await audit.NoteAsync("model.stage", Resource.RegisteredModel(name), $"version {version} to {stage}");
        return moved.Map(written => written.Stage);
    }
}
