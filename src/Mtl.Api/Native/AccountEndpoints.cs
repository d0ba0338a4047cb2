using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mtl.Application.People;
using Mtl.Tracking.People;

namespace Mtl.Api.Native;

internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/account").WithTags("Account");
        group.MapGet("/", async (IAccounts accounts, HttpContext context) => (await accounts.GetAsync(context.RequestAborted)).ToHttp(context)).WithSummary("The caller's account, tokens and sessions.");
        group.MapPut("/password", PasswordAsync).WithSummary("Changes the caller's password and ends their other sessions.");
        group.MapPost("/tokens", CreateTokenAsync).WithSummary("Makes a token; its secret is in this answer and nowhere else.");
        group.MapDelete("/tokens/{id}", async (string id, IAccounts accounts, HttpContext context) => (await accounts.RevokeTokenAsync(id, context.RequestAborted)).Map(_ => new { id }).ToHttp(context));
        group.MapDelete("/sessions", async (IAccounts accounts, HttpContext context) => (await accounts.EndOtherSessionsAsync(context.RequestAborted)).Map(_ => new { ended = true }).ToHttp(context))
            .WithSummary("Ends the caller's sessions but the one that asks.");
    }

    private static async Task<IResult> PasswordAsync(IAccounts accounts, HttpContext context)
    {
        var body = await RequestBody.ReadAsync<PasswordBody>(context.Request, context.RequestAborted);
        return body.IsSuccess
            ? (await accounts.ChangePasswordAsync(body.Value.Current, body.Value.Replacement, context.RequestAborted)).Map(_ => new { changed = true }).ToHttp(context)
            : body.Error.ToHttp(context);
    }

    private static async Task<IResult> CreateTokenAsync(IAccounts accounts, HttpContext context)
    {
        var body = await RequestBody.ReadAsync<TokenBody>(context.Request, context.RequestAborted);
        return body.IsSuccess
            ? (await accounts.CreateTokenAsync(body.Value.Name, body.Value.Scope, body.Value.Days, context.RequestAborted)).ToHttp(context, StatusCodes.Status201Created)
            : body.Error.ToHttp(context);
    }

    private sealed record PasswordBody(string Current, string Replacement);

    private sealed record TokenBody(string Name, TokenScope Scope = TokenScope.Write, int? Days = null);
}
