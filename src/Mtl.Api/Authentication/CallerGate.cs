using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Mtl.Application.Access;
using Mtl.Core;

namespace Mtl.Api.Authentication;

/// <summary>
/// Tells the application who calls, before any endpoint runs, and turns away whoever it refuses altogether: everywhere but at endpoints marked as anonymous (sign-in, files of the pages,
/// health). So a new endpoint is closed until somebody decides otherwise. Runs after the cookie has been read and the endpoint chosen.
/// </summary>
public static class CallerGate
{
    private const string SignInPage = "/sign-in";

    public static void UseMtlCallers(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        context.Response.OnStarting(static state => Challenge((HttpContext)state), context);
        var services = context.RequestServices;
        var cancellation = context.RequestAborted;
        var address = context.Connection.RemoteIpAddress;
        var wrong = await services.GetRequiredService<CallerContext>().PresentAsync(SentCredential.Read(context), address, context.TraceIdentifier, cancellation);
        var access = services.GetRequiredService<IAccess>();
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null)
        {
            if (services.GetRequiredService<RequestLimits>().Refuse(access.Caller) is { } tooMany)
            {
                await tooMany.WriteAsync(context);
                return;
            }

            var rule = context.GetEndpoint()?.Metadata.GetMetadata<GateRule>() ?? GateRule.SignedIn;
            if ((wrong ?? await access.RefuseAsync(rule.Needed, rule.Resource, cancellation)) is { } refusal)
            {
                await RefuseAsync(refusal, context);
                return;
            }
        }

        // What a page's own connection, which outlives this request, is to know of its caller.
        if (context.Request.Path.StartsWithSegments("/_blazor"))
            context.User.AddIdentity(SessionClaims.OfAddress(address));
        await next(context);
    });

    /// <summary>A browser that asks for a page is sent to the sign-in; everybody else is told, and so is whoever has sent a wrong credential.</summary>
    private static Task RefuseAsync(Error refusal, HttpContext context)
    {
        var asksForPage = HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Authorization.Count == 0 && !ErrorShapes.IsApi(context)
            && (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null || context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase));
        if (refusal.Kind != ErrorKind.Unauthenticated || !asksForPage)
            return refusal.WriteAsync(context);
        var wanted = $"{context.Request.Path}{context.Request.QueryString}";
        context.Response.Redirect(wanted == "/" ? SignInPage : $"{SignInPage}?return={Uri.EscapeDataString(wanted)}");
        return Task.CompletedTask;
    }

    /// <summary>Says how to prove oneself. A page's own requests are not offered Basic, for which the browser would ask by itself.</summary>
    private static Task Challenge(HttpContext context)
    {
        if (context.Response.StatusCode == StatusCodes.Status401Unauthorized && context.Response.Headers.WWWAuthenticate.Count == 0)
            context.Response.Headers.WWWAuthenticate = context.Request.Headers.ContainsKey("Sec-Fetch-Site") ? "Bearer realm=\"MtlPlatform\"" : "Basic realm=\"MtlPlatform\", charset=\"UTF-8\", Bearer realm=\"MtlPlatform\"";
        return Task.CompletedTask;
    }
}
