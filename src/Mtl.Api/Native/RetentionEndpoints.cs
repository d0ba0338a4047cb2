using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mtl.Application.Retention;

namespace Mtl.Api.Native;

internal static class RetentionEndpoints
{
    public static void MapRetention(this IEndpointRouteBuilder api) => api.MapGroup("/retention").WithTags("Retention")
        .MapPost("/remove", async (int? days, IRetention retention, HttpContext context) => (await retention.RemoveAsync(days, context.RequestAborted)).ToHttp(context))
        .WithSummary("Removes for good what was deleted at least that many days ago.");
}
