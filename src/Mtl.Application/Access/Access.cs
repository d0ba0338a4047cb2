using Mtl.Application.People;
using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Application.Access;

/// <inheritdoc cref="IAccess"/>
internal sealed class Access(CallerContext context, IGrantStore grants, IOriginStore origins, PeopleOptions options) : IAccess
{
    public Caller Caller => context.Caller;

    public async Task<Error?> RefuseAsync(Permission needed, Resource resource, CancellationToken cancellation = default)
    {
        var caller = await context.FreshAsync(cancellation);
        if (caller.Cap == Permission.None)
            return Refusals.SignIn();
        if (caller.IsAdministrator)
            return needed <= caller.Cap ? null : Refusals.Capped(caller, needed);

        var held = await HeldAsync(caller, resource, cancellation);
        return held is not { } permission || needed <= Min(permission, caller.Cap) ? null
            : permission == Permission.None && resource.Kind != ResourceKind.Operations ? Refusals.Hidden(resource)
            : needed <= permission ? Refusals.Capped(caller, needed)
            : Refusals.NotAllowed(caller, needed, permission, resource);
    }

    public async Task<Func<string, bool>> ReadableAsync(ResourceKind kind, CancellationToken cancellation = default)
    {
        var caller = await context.FreshAsync(cancellation);
        if (caller.Cap == Permission.None)
            return _ => false;
        if (caller.IsAdministrator)
            return _ => true;

        switch (kind)
        {
            case ResourceKind.Experiment:
                return await ReadableAsync(caller, Things.Experiment, cancellation);
            case ResourceKind.Dataset:
                return await ReadableAsync(caller, Things.Dataset, cancellation);
            case ResourceKind.RegisteredModel:
                var lines = (await grants.ApplyingAsync(caller.UserId, Things.Model, cancellation: cancellation)).ToLookup(grant => grant.Thing);
                var comesOf = await origins.ExperimentsOfModelsAsync(cancellation);
                var isOpen = await ReadableAsync(caller, Things.Experiment, cancellation);
                return name => lines.Contains(name)
                    ? AccessRules.Combine(lines[name], options.DefaultPermission) >= Permission.Read
                    : comesOf.Contains(name) ? comesOf[name].All(isOpen) : options.DefaultPermission >= Permission.Read;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "Runs and logged models are readable where their experiment is: ask for that.");
        }
    }

    private static Permission Min(Permission one, Permission other) => one < other ? one : other;

    private async Task<Func<string, bool>> ReadableAsync(Caller caller, string kind, CancellationToken cancellation)
    {
        var lines = (await grants.ApplyingAsync(caller.UserId, kind, cancellation: cancellation)).ToLookup(grant => grant.Thing);
        return id => AccessRules.Combine(lines[id], options.DefaultPermission) >= Permission.Read;
    }

    /// <summary>The caller's permission on a thing, whatever the credential's cap; null when the thing does not exist.</summary>
    private async Task<Permission?> HeldAsync(Caller caller, Resource resource, CancellationToken cancellation) => resource.Kind switch
    {
        ResourceKind.Platform => Permission.Edit,
        ResourceKind.Operations => Permission.None,
        ResourceKind.Experiment => await OnAsync(caller, Things.Experiment, resource.Id, cancellation),
        ResourceKind.Dataset => await OnAsync(caller, Things.Dataset, resource.Id, cancellation),
        ResourceKind.Run => await origins.ExperimentOfRunAsync(resource.Id, cancellation) is { } experiment ? await GrantedAsync(caller, Things.Experiment, experiment, cancellation) : null,
        ResourceKind.LoggedModel => await origins.ExperimentOfLoggedModelAsync(resource.Id, cancellation) is { } experiment ? await GrantedAsync(caller, Things.Experiment, experiment, cancellation) : null,
        ResourceKind.RegisteredModel => await OnModelAsync(caller, resource.Id, cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(resource), resource, null),
    };

    private async Task<Permission?> OnAsync(Caller caller, string kind, string id, CancellationToken cancellation) =>
        await origins.ExistsAsync(kind, id, cancellation) ? await GrantedAsync(caller, kind, id, cancellation) : null;

    /// <summary>By the model's own lines; without one that applies, as much as with the most closed of the experiments that its versions come from.</summary>
    private async Task<Permission?> OnModelAsync(Caller caller, string name, CancellationToken cancellation)
    {
        if (await origins.ExperimentsOfModelAsync(name, cancellation) is not { } experiments)
            return null;
        var lines = await grants.ApplyingAsync(caller.UserId, Things.Model, name, cancellation);
        if (lines.Count > 0)
            return AccessRules.Combine(lines, options.DefaultPermission);

        var each = new List<Permission>();
        foreach (var experiment in experiments)
            each.Add(await GrantedAsync(caller, Things.Experiment, experiment, cancellation));
        return AccessRules.Least(each, options.DefaultPermission);
    }

    private async Task<Permission> GrantedAsync(Caller caller, string kind, string id, CancellationToken cancellation) =>
        AccessRules.Combine(await grants.ApplyingAsync(caller.UserId, kind, id, cancellation), options.DefaultPermission);
}
