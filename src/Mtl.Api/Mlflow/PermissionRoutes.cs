using Mtl.Api.Mlflow.Wire;
using Mtl.Application.Access;
using Mtl.Application.People;
using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Api.Mlflow;

/// <summary>Users' permissions on experiments and registered models as MLflow's basic-auth app has them (mlflow.org, Authentication REST API); teams' and everyone's are at <c>/api/v1/permissions</c>.</summary>
internal static class PermissionRoutes
{
    private static readonly Field User = Field.Required("username");

    private static readonly Field Permission = Field.Choice("permission", [.. Enum.GetValues<Permission>().Select(PermissionNames.Name)]) with { IsRequired = true };

    public static IReadOnlyList<MlflowRoute> All { get; } =
    [
        .. Of("experiments/permissions", Field.Required("experiment_id"), Resource.Experiment, (thing, user, permission) => new ExperimentAnswer(new(thing, user, permission))),
        .. Of("registered-models/permissions", Field.Required("name"), Resource.RegisteredModel, (thing, user, permission) => new ModelAnswer(new(thing, user, permission))),
    ];

    private static MlflowRoute[] Of(string path, Field thing, Func<string, Resource> resourceOf, Func<string, string, string, object> answerOf)
    {
        return
        [
            new("POST", $"{path}/create", [thing, User, Permission], async call =>
                (await LineAsync(call)).IsSuccess ? Error.Conflict($"{Line(call)} already exists.", "Update it.") : await SetAsync(call)),
            new("GET", $"{path}/get", [thing, User], async call => (await LineAsync(call)).Map(line => Answer(call, line.Permission))),
            new("PATCH", $"{path}/update", [thing, User, Permission], async call =>
            {
                var line = await LineAsync(call);
                return line.IsSuccess ? await SetAsync(call) : line.Error;
            }),
            new("DELETE", $"{path}/delete", [thing, User], async call =>
                ExperimentRoutes.Empty(await call.Use<IPermissions>().RemoveAsync(ResourceOf(call), HolderOf(call), call.Cancellation))),
        ];

        Resource ResourceOf(MlflowCall call) => resourceOf(call.Fields.Text(thing.Name));

        object Answer(MlflowCall call, Permission permission) => answerOf(call.Fields.Text(thing.Name), call.Fields.Text("username"), permission.Name());

        string Line(MlflowCall call) => $"The permission of the user '{call.Fields.Text("username")}' on '{call.Fields.Text(thing.Name)}'";

        async Task<Result<PermissionLine>> LineAsync(MlflowCall call)
        {
            var permissions = await call.Use<IPermissions>().GetAsync(ResourceOf(call), call.Cancellation);
            if (!permissions.IsSuccess)
                return permissions.Error;
            var holder = HolderOf(call);
            return permissions.Value.Lines.FirstOrDefault(line => line.Holder.Kind == PrincipalKind.User && UserName.Key(line.Holder.Name) == UserName.Key(holder.Name)) is { } line
                ? line
                : Error.NotFound($"{Line(call)} not found");
        }

        async Task<Result<object>> SetAsync(MlflowCall call)
        {
            var permission = PermissionNames.Parse(call.Fields.Text("permission")).Value;
            return (await call.Use<IPermissions>().SetAsync(ResourceOf(call), HolderOf(call), permission, call.Cancellation)).Map(_ => Answer(call, permission));
        }
    }

    private static Holder HolderOf(MlflowCall call) => new(PrincipalKind.User, call.Fields.Text("username"));

    private sealed record ExperimentAnswer(ExperimentLine ExperimentPermission);

    private sealed record ExperimentLine(string ExperimentId, string UserId, string Permission);

    private sealed record ModelAnswer(ModelLine RegisteredModelPermission);

    private sealed record ModelLine(string Name, string UserId, string Permission);
}
