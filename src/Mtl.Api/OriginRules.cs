using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mtl.Api;

/// <summary>
/// Keeps other web pages in the user's browser from changing anything here, or from opening a connection as a page of ours does: a browser says with every such request which page it comes
/// from. Programs other than browsers send neither header.
/// </summary>
public static class OriginRules
{
    public static void UseMtlOriginRules(this IApplicationBuilder app) => app.Use((context, next) => IsForeign(context.Request)
        ? HttpResults.Json(
            new ErrorBody("forbidden", $"The request comes from another site ({context.Request.Headers.Origin}).", "Send it from the dashboard itself, or from a program.", "", context.TraceIdentifier),
            StatusCodes.Status403Forbidden).ExecuteAsync(context)
        : next(context));

    private static bool IsForeign(HttpRequest request)
    {
        var opensConnection = request.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(request.Method);
        if (!opensConnection && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)))
            return false;
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
            return true;
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority == request.Host.Value);
    }
}
