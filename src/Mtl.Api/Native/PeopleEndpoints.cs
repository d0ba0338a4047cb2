using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mtl.Application.People;
using Mtl.Core;

namespace Mtl.Api.Native;

internal static class PeopleEndpoints
{
    public static void MapPeople(this IEndpointRouteBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("People");
        users.MapGet("/", async (IPeople people, HttpContext context) => (await people.ListAsync(context.RequestAborted)).ToHttp(context));
        users.MapPost("/", CreateAsync).WithSummary("Adds a user; the first one must be an administrator.");
        users.MapGet("/{name}", async (string name, IPeople people, HttpContext context) => (await people.GetAsync(name, context.RequestAborted)).ToHttp(context));
        users.MapPatch("/{name}", ChangeAsync).WithSummary("Sets what is given: password, administrator, disabled.");
        users.MapDelete("/{name}", async (string name, IPeople people, HttpContext context) => (await people.RemoveAsync(name, context.RequestAborted)).Map(_ => new { name }).ToHttp(context));

        var teams = api.MapGroup("/teams").WithTags("People");
        teams.MapGet("/", async (IPeople people, HttpContext context) => (await people.TeamsAsync(context.RequestAborted)).ToHttp(context));
        teams.MapPut("/{name}", SaveTeamAsync).WithSummary("Adds a team, or replaces the members of the one of that name.");
        teams.MapDelete("/{name}", async (string name, IPeople people, HttpContext context) => (await people.RemoveTeamAsync(name, context.RequestAborted)).Map(_ => new { name }).ToHttp(context));
    }

    private static async Task<IResult> CreateAsync(IPeople people, HttpContext context)
    {
        var body = await RequestBody.ReadAsync<NewUserBody>(context.Request, context.RequestAborted);
        return body.IsSuccess
            ? (await people.CreateAsync(body.Value.Name, body.Value.Password, body.Value.Administrator, context.RequestAborted)).ToHttp(context, StatusCodes.Status201Created)
            : body.Error.ToHttp(context);
    }

    private static async Task<IResult> ChangeAsync(string name, IPeople people, HttpContext context)
    {
        var body = await RequestBody.ReadAsync<UserChangeBody>(context.Request, context.RequestAborted);
        if (!body.IsSuccess)
            return body.Error.ToHttp(context);

        Result<bool> done = true;
        if (body.Value.Password is { } password)
            done = await people.ResetPasswordAsync(name, password, context.RequestAborted);
        if (done.IsSuccess && body.Value.Administrator is { } isAdministrator)
            done = await people.SetAdministratorAsync(name, isAdministrator, context.RequestAborted);
        if (done.IsSuccess && body.Value.Disabled is { } isDisabled)
            done = await people.SetDisabledAsync(name, isDisabled, context.RequestAborted);
        return done.IsSuccess ? (await people.GetAsync(name, context.RequestAborted)).ToHttp(context) : done.Error.ToHttp(context);
    }

    private static async Task<IResult> SaveTeamAsync(string name, IPeople people, HttpContext context)
    {
        var body = await RequestBody.ReadAsync<TeamBody>(context.Request, context.RequestAborted);
        return body.IsSuccess ? (await people.SaveTeamAsync(name, body.Value.Members, context.RequestAborted)).ToHttp(context) : body.Error.ToHttp(context);
    }

    private sealed record NewUserBody(string Name, string Password, bool Administrator = false);

    private sealed record UserChangeBody(string? Password = null, bool? Administrator = null, bool? Disabled = null);

    private sealed record TeamBody(IReadOnlyList<string> Members);
}
