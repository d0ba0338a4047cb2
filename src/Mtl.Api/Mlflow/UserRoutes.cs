using Mtl.Api.Mlflow.Wire;
using Mtl.Application.People;
using Mtl.Core;

namespace Mtl.Api.Mlflow;

/// <summary>Users as MLflow's basic-auth app has them (mlflow.org, Authentication REST API). All of it is for administrators; people change their own password on their account page.</summary>
internal static class UserRoutes
{
    private static readonly Field User = Field.Required("username");

    public static IReadOnlyList<MlflowRoute> All { get; } =
    [
        new("POST", "users/create", [User, Field.Required("password")], async call =>
            One(await call.Use<IPeople>().CreateAsync(call.Fields.Text("username"), call.Fields.Text("password"), isAdministrator: false, call.Cancellation))),
        new("GET", "users/get", [User], async call => One(await call.Use<IPeople>().GetAsync(call.Fields.Text("username"), call.Cancellation))),
        new("PATCH", "users/update-password", [User, Field.Required("password")], async call =>
            ExperimentRoutes.Empty(await call.Use<IPeople>().ResetPasswordAsync(call.Fields.Text("username"), call.Fields.Text("password"), call.Cancellation))),
        new("PATCH", "users/update-admin", [User, Field.Flag("is_admin")], async call =>
            ExperimentRoutes.Empty(await call.Use<IPeople>().SetAdministratorAsync(call.Fields.Text("username"), call.Fields.Flag("is_admin") ?? false, call.Cancellation))),
        new("DELETE", "users/delete", [User], async call => ExperimentRoutes.Empty(await call.Use<IPeople>().RemoveAsync(call.Fields.Text("username"), call.Cancellation))),
    ];

    private static Result<object> One(Result<UserSummary> user) => user.Map<object>(found => new UserAnswer(new UserMessage(found.Id, found.Name, found.IsAdministrator)));

    private sealed record UserAnswer(UserMessage User);

    private sealed record UserMessage(string Id, string Username, bool IsAdmin);
}
