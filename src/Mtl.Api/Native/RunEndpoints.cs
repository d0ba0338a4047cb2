using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mtl.Application.Models;
using Mtl.Application.Runs;
using Mtl.Core.Definitions;

namespace Mtl.Api.Native;

internal static class RunEndpoints
{
    public static void MapRuns(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/runs").WithTags("Runs");
        group.MapGet("/", async (string? experiment, IRuns runs, HttpContext context) => HttpResults.Json(await runs.ListAsync(experiment, context.RequestAborted)));
        group.MapGet("/{id}", async (string id, IRuns runs, HttpContext context) => (await runs.GetAsync(id, context.RequestAborted)).ToHttp(context));
        group.MapPost("/{id}/pause", async (string id, IRuns runs, HttpContext context) => (await runs.PauseAsync(id, context.RequestAborted)).Map(status => new { status }).ToHttp(context));
        group.MapPost("/{id}/resume", async (string id, IRuns runs, HttpContext context) => (await runs.ResumeAsync(id, context.RequestAborted)).Map(status => new { status }).ToHttp(context));
        group.MapPost("/{id}/cancel", async (string id, IRuns runs, HttpContext context) => (await runs.CancelAsync(id, context.RequestAborted)).Map(status => new { status }).ToHttp(context));
        group.MapGet("/{id}/metrics", async (string id, int? maximumPoints, IRuns runs, HttpContext context) =>
            (await runs.MetricsAsync(id, Math.Clamp(maximumPoints ?? 2000, 2, 100_000), context.RequestAborted)).ToHttp(context));
        group.MapGet("/{id}/log", async (string id, long? after, IRuns runs, HttpContext context) =>
            (await runs.LogAsync(id, after ?? 0, cancellation: context.RequestAborted)).ToHttp(context));
        group.MapGet("/{id}/events", EventsAsync).WithSummary("The run's changes as they come, as server-sent events; ends with the final status.");
        group.MapGet("/{id}/artifacts", async (string id, IRuns runs, HttpContext context) => (await runs.ArtifactsAsync(id, context.RequestAborted)).ToHttp(context));
        group.MapGet("/{id}/artifacts/{**path}", async (string id, string path, IRuns runs, HttpContext context) =>
            (await runs.OpenArtifactAsync(id, path, context.RequestAborted)).ToDownload(context, path[(path.LastIndexOf('/') + 1)..], "application/octet-stream"));
        group.MapGet("/{id}/model", async (string id, IModels models, HttpContext context) => (await models.OfRunAsync(id, context.RequestAborted)).ToHttp(context));
    }

    private static async Task<IResult> EventsAsync(string id, long? afterStep, long? afterLog, IRuns runs, HttpContext context)
    {
        var run = await runs.GetAsync(id, context.RequestAborted);
        return run.IsSuccess
            ? TypedResults.ServerSentEvents(ItemsAsync(runs.WatchAsync(id, afterStep ?? 0, afterLog ?? 0, context.RequestAborted), context.RequestAborted))
            : run.Error.ToHttp(context);
    }

    private static async IAsyncEnumerable<SseItem<string>> ItemsAsync(IAsyncEnumerable<RunUpdate> updates, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var update in updates.WithCancellation(cancellation))
            yield return new SseItem<string>(JsonSerializer.Serialize(update, DefinitionJson.Options), "update");
    }
}
