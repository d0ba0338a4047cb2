using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Tracking.Collaboration;
using Mtl.Tracking.Tags;

namespace Mtl.Application.Collaboration.Views;

/// <inheritdoc cref="IViews"/>
internal sealed class ViewService(Records records, IViewStore views, IAccess access, TimeProvider time) : IViews
{
    public async Task<Result<IReadOnlyList<SavedView>>> ListAsync(string experimentId, CancellationToken cancellation = default) =>
        await records.RefuseAsync(Permission.Read, TagOwner.Experiment(experimentId), cancellation) is { } refusal ? refusal : Result.Of(await views.ListAsync(experimentId, cancellation));

    public Task<Result<SavedView>> GetAsync(string id, CancellationToken cancellation = default) => FindAsync(id, Permission.Read, cancellation);

    public async Task<Result<SavedView>> SaveAsync(string experimentId, string name, string query, CancellationToken cancellation = default)
    {
        if (Refuse(name, query) is { } wrong)
            return wrong;
        if (await records.RefuseAsync(Permission.Edit, TagOwner.Experiment(experimentId), cancellation) is { } refusal)
            return refusal;
        var now = time.GetUtcNow();
        return await views.AddAsync(new SavedView(Guid.CreateVersion7(now).ToString("N"), experimentId, name.Trim(), query, access.Caller.Name, now, now), cancellation);
    }

    public async Task<Result<SavedView>> UpdateAsync(string id, string name, string query, CancellationToken cancellation = default)
    {
        if (Refuse(name, query) is { } wrong)
            return wrong;
        var found = await FindAsync(id, Permission.Edit, cancellation);
        return found.IsSuccess ? await views.UpdateAsync(found.Value with { Name = name.Trim(), Query = query, UpdatedAt = time.GetUtcNow() }, cancellation) : found.Error;
    }

    public async Task<Result<bool>> RemoveAsync(string id, CancellationToken cancellation = default)
    {
        var found = await FindAsync(id, Permission.Edit, cancellation);
        return found.IsSuccess ? await views.RemoveAsync(id, cancellation) : found.Error;
    }

    private static Error? Refuse(string name, string query) => TextRules.RefuseName("view's name", name, "name")
        ?? (query.Length > TextRules.LongestQuery ? Error.Invalid($"The view's state has {query.Length:N0} characters; at most {TextRules.LongestQuery:N0} are allowed.", "Choose fewer columns, or a shorter filter.", "query") : null);

    private async Task<Result<SavedView>> FindAsync(string id, Permission needed, CancellationToken cancellation)
    {
        var found = await views.GetAsync(id, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        return await records.RefuseAsync(needed, TagOwner.Experiment(found.Value.ExperimentId), cancellation) is { } refusal
            ? refusal.Kind == ErrorKind.NotFound ? Error.NotFound($"There is no view '{id}'.", "List the views to see which exist.") : refusal
            : found;
    }
}
