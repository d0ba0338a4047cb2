using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Application.People;

/// <inheritdoc cref="IPermissions"/>
internal sealed class PermissionService(
    IAccess access, IAuditTrail audit, IGrantStore grants, IOriginStore origins, IUserStore users, ITeamStore teams, PeopleOptions options) : IPermissions
{
    public async Task<Result<ThingPermissions>> GetAsync(Resource resource, CancellationToken cancellation = default) =>
        await RefuseAsync(resource, cancellation) is { } refusal ? refusal : await ReadAsync(resource, cancellation);

    public async Task<Result<ThingPermissions>> SetAsync(Resource resource, Holder holder, Permission permission, CancellationToken cancellation = default)
    {
        if (await RefuseAsync(resource, cancellation) is { } refusal)
            return refusal;
        var principal = await PrincipalAsync(holder, cancellation);
        if (!principal.IsSuccess)
            return principal.Error;
        await grants.SetAsync(new Grant(ThingKinds.Of(resource.Kind), resource.Id, principal.Value, permission), cancellation);
        await audit.NoteAsync("permission.set", resource, $"{permission.Name()} to {Words(holder)}");
        return await ReadAsync(resource, cancellation);
    }

    public async Task<Result<ThingPermissions>> RemoveAsync(Resource resource, Holder holder, CancellationToken cancellation = default)
    {
        if (await RefuseAsync(resource, cancellation) is { } refusal)
            return refusal;
        var principal = await PrincipalAsync(holder, cancellation);
        if (!principal.IsSuccess)
            return principal.Error;
        if (!await grants.RemoveAsync(ThingKinds.Of(resource.Kind), resource.Id, principal.Value, cancellation))
            return Error.NotFound($"There is no permission of {Words(holder)} on this.", "List the permissions to see which there are.");
        await audit.NoteAsync("permission.remove", resource, $"of {Words(holder)}");
        return await ReadAsync(resource, cancellation);
    }

    private static string Words(Holder holder) => holder.Kind == PrincipalKind.Everyone ? "everyone" : $"the {(holder.Kind == PrincipalKind.User ? "user" : "team")} '{holder.Name}'";

    private async Task<Error?> RefuseAsync(Resource resource, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(Permission.Manage, resource, cancellation) is { } refusal)
            return refusal;
        var isThere = resource.Kind == ResourceKind.RegisteredModel
            ? await origins.ExperimentsOfModelAsync(resource.Id, cancellation) is not null
            : await origins.ExistsAsync(ThingKinds.Of(resource.Kind), resource.Id, cancellation);
        return isThere ? null : Refusals.Hidden(resource);
    }

    private async Task<ThingPermissions> ReadAsync(Resource resource, CancellationToken cancellation)
    {
        var people = await users.ListAsync(cancellation);
        var groups = await teams.ListAsync(cancellation);
        var names = people.Select(user => (user.Id, user.Name)).Concat(groups.Select(team => (team.Id, team.Name))).ToDictionary(pair => pair.Id, pair => pair.Name);
        var lines = await grants.ListAsync(ThingKinds.Of(resource.Kind), resource.Id, cancellation);
        return new ThingPermissions(
            [.. lines.Select(line => new PermissionLine(new Holder(line.Principal.Kind, names.GetValueOrDefault(line.Principal.Id, "")), line.Permission))
                .OrderBy(line => line.Holder.Kind).ThenBy(line => line.Holder.Name, StringComparer.OrdinalIgnoreCase)],
            options.DefaultPermission,
            [.. people.Select(user => user.Name)],
            [.. groups.Select(team => team.Name)]);
    }

    private async Task<Result<Principal>> PrincipalAsync(Holder holder, CancellationToken cancellation) => holder.Kind switch
    {
        PrincipalKind.Everyone => Principal.Everyone,
        PrincipalKind.User => await users.FindByNameAsync(holder.Name, cancellation) is { } user
            ? Principal.User(user.Id)
            : Error.NotFound($"There is no user '{holder.Name}'.", "Ask an administrator for their name."),
        _ => (await teams.ListAsync(cancellation)).FirstOrDefault(team => UserName.Key(team.Name) == UserName.Key(holder.Name)) is { } team
            ? Principal.Team(team.Id)
            : Error.NotFound($"There is no team '{holder.Name}'.", "Ask an administrator for its name."),
    };
}
