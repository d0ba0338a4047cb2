using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mtl.Application.People;
using Mtl.Tracking.People;

namespace Mtl.Api.Native;

internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api) => api.MapGet("/audit", ReadAsync).WithTags("People")
        .WithSummary("Who did what, when and from where, the newest first; ?before= the id of the last entry gives the next page.");

    private static async Task<IResult> ReadAsync(string? who, string? action, string? thing, DateTimeOffset? from, DateTimeOffset? until, long? before, int? limit, IAudit audit, HttpContext context) =>
        (await audit.ReadAsync(
            new AuditFilter { Who = who ?? "", Action = action ?? "", Thing = thing ?? "", From = from, Until = until, Before = before, Limit = limit ?? 100 }, context.RequestAborted)).ToHttp(context);
}
