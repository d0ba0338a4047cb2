using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mtl.Application.Access;
using Mtl.Application.People;
using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Api.Native;

/// <summary>Permissions as the API has them: a line names a user, a team or everyone, and one of MLflow's permissions.</summary>
internal static class PermissionEndpoints
{
    public static void MapPermissions(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/permissions/{kind}/{id}").WithTags("People");
        group.MapGet("/", async (string kind, string id, IPermissions permissions, HttpContext context) =>
            (await WithThingAsync(kind, id, thing => permissions.GetAsync(thing, context.RequestAborted))).ToHttp(context)).WithSummary("Who may do what with an experiment, a model or a dataset.");
        group.MapPut("/", SetAsync).WithSummary("Gives a user, a team or everyone a permission.");
        group.MapDelete("/", RemoveAsync).WithSummary("Takes a user's (?user=), a team's (?team=) or, without either, everyone's line away.");
    }

    private static async Task<IResult> SetAsync(string kind, string id, IPermissions permissions, HttpContext context)
    {
        var body = await RequestBody.ReadAsync<LineBody>(context.Request, context.RequestAborted);
        if (!body.IsSuccess)
            return body.Error.ToHttp(context);
        var permission = PermissionNames.Parse(body.Value.Permission);
        var holder = HolderOf(body.Value.User, body.Value.Team);
        if (!permission.IsSuccess || !holder.IsSuccess)
            return (permission.Error ?? holder.Error!).ToHttp(context);
        return (await WithThingAsync(kind, id, thing => permissions.SetAsync(thing, holder.Value, permission.Value, context.RequestAborted))).ToHttp(context);
    }

    private static async Task<IResult> RemoveAsync(string kind, string id, string? user, string? team, IPermissions permissions, HttpContext context)
    {
        var holder = HolderOf(user, team);
        return holder.IsSuccess
            ? (await WithThingAsync(kind, id, thing => permissions.RemoveAsync(thing, holder.Value, context.RequestAborted))).ToHttp(context)
            : holder.Error.ToHttp(context);
    }

    private static Result<Holder> HolderOf(string? user, string? team) => (user, team) switch
    {
        ({ } name, null) => new Holder(PrincipalKind.User, name),
        (null, { } name) => new Holder(PrincipalKind.Team, name),
        (null, null) => new Holder(PrincipalKind.Everyone),
        _ => Error.Invalid("A permission is for a user or for a team, not both.", "Give one of 'user' and 'team', or neither for everyone."),
    };

    private static async Task<Result<PermissionsAnswer>> WithThingAsync(string kind, string id, Func<Resource, Task<Result<ThingPermissions>>> work)
    {
        var thing = ThingKinds.Parse(kind, id);
        return thing.IsSuccess ? (await work(thing.Value)).Map(PermissionsAnswer.Of) : thing.Error;
    }

    private sealed record LineBody(string Permission, string? User = null, string? Team = null);

    private sealed record PermissionsAnswer(IReadOnlyList<LineAnswer> Lines, string Otherwise)
    {
        public static PermissionsAnswer Of(ThingPermissions permissions) => new([.. permissions.Lines.Select(LineAnswer.Of)], permissions.Otherwise.Name());
    }

    private sealed record LineAnswer(string? User, string? Team, string Permission)
    {
        public static LineAnswer Of(PermissionLine line) => new(
            line.Holder.Kind == PrincipalKind.User ? line.Holder.Name : null, line.Holder.Kind == PrincipalKind.Team ? line.Holder.Name : null, line.Permission.Name());
    }
}
