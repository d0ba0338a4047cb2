using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Mtl.Application.Models;
using Mtl.Application.Runs;
using Mtl.Core.Definitions;
using Mtl.Tracking.Metrics;

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
            (await runs.MetricsAsync(id, Math.Clamp(maximumPoints ?? 2000, IMetricReader.FewestPoints, 100_000), context.RequestAborted)).ToHttp(context));
        group.MapGet("/{id}/log", async (string id, long? after, IRuns runs, HttpContext context) =>
            (await runs.LogAsync(id, after ?? 0, cancellation: context.RequestAborted)).ToHttp(context));
        group.MapGet("/{id}/events", EventsAsync).WithSummary("The run's changes as they come, as server-sent events; ends with the final status.");
        group.MapGet("/{id}/artifacts", async (string id, IRuns runs, HttpContext context) => (await runs.ArtifactsAsync(id, context.RequestAborted)).ToHttp(context));
        group.MapGet("/{id}/artifacts/{**path}", ArtifactAsync);
        group.MapGet("/{id}/model", async (string id, IModels models, HttpContext context) => (await models.OfRunAsync(id, context.RequestAborted)).ToHttp(context));
    }

    private static async Task<IResult> ArtifactAsync(string id, string path, IRuns runs, HttpContext context)
    {
        UntrustedContent.Confine(context.Response);
        return (await runs.OpenArtifactAsync(id, path, context.RequestAborted)).ToDownload(context, path[(path.LastIndexOf('/') + 1)..], "application/octet-stream");
    }

    private static async Task<IResult> EventsAsync(string id, long? afterStep, long? afterLog, IRuns runs, IHostApplicationLifetime lifetime, HttpContext context)
    {
        var run = await runs.GetAsync(id, context.RequestAborted);
        return run.IsSuccess
            ? TypedResults.ServerSentEvents(ItemsAsync(token => runs.WatchAsync(id, afterStep ?? 0, afterLog ?? 0, token), lifetime.ApplicationStopping, context.RequestAborted))
            : run.Error.ToHttp(context);
    }

    /// <summary>Ends without an error when the client goes or the server stops, so that an open page does not hold up the server's end.</summary>
    private static async IAsyncEnumerable<SseItem<string>> ItemsAsync(
        Func<CancellationToken, IAsyncEnumerable<RunUpdate>> watch, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellation);
        await using var updates = watch(either.Token).GetAsyncEnumerator(either.Token);
        while (await MoveNextAsync(updates, either.Token))
            yield return new SseItem<string>(JsonSerializer.Serialize(updates.Current, DefinitionJson.Options), "update");
    }

    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<RunUpdate> updates, CancellationToken cancellation)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
