using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mtl.Application.Models;
using Mtl.Core;

namespace Mtl.Api.Inference;

/// <summary>
/// The Open Inference Protocol, version 2, in its REST form (kserve/open-inference-protocol, specification/protocol/inference_rest.md), with Triton's repository index and statistics beside it.
/// Without a version the latest one answers. Tensors are JSON; there is no binary tensor data.
/// </summary>
internal static class InferenceEndpoints
{
    /// <summary>Clients of the binary tensor data extension send it with a body that is not JSON alone.</summary>
    private const string BinaryDataHeader = "Inference-Header-Content-Length";

    public static void MapInference(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v2").DisableAntiforgery().WithTags("Open Inference Protocol");
        group.MapGet("/", () => ProtocolJson.Answer(ServerMetadata.Own)).WithSummary("Who serves.");
        group.MapGet("/health/live", () => ProtocolJson.Answer(new ServerLive(true))).WithSummary("The server answers.");
        group.MapGet("/health/ready", ReadyAsync).WithSummary("The server can answer for its models.");
        group.MapPost("/repository/index", IndexAsync).WithSummary("Every model version there is.");
        foreach (var model in (string[])["/models/{name}", "/models/{name}/versions/{version}"])
        {
            group.MapGet(model, DescribeAsync).WithSummary("What the model takes and gives.");
            group.MapGet($"{model}/ready", ModelReadyAsync).WithSummary("The model can be loaded.");
            group.MapGet($"{model}/stats", StatisticsAsync).WithSummary("What this process has served of the model since it loaded it.");
            group.MapPost($"{model}/infer", InferAsync).WithSummary("Predicts a batch of rows, one tensor [n, 1] for each input column.");
        }

        routes.Map("/v2/{**path}", (string path, HttpContext context) => ProtocolJson.Refusal(Error.NotFound($"There is no '{context.Request.Method} /v2/{path}'."))).ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(IInference inference, HttpContext context)
    {
        await inference.ListAsync(context.RequestAborted);
        return ProtocolJson.Answer(new ServerReady(Live: true, Ready: true));
    }

    private static async Task<IResult> IndexAsync(IInference inference, HttpContext context) =>
        ProtocolJson.Answer((await inference.ListAsync(context.RequestAborted)).Select(model => new IndexEntry(model.Name, ProtocolJson.Text(model.Version), "READY", "")));

    private static async Task<IResult> DescribeAsync(string name, string? version, IInference inference, HttpContext context)
    {
        var model = await inference.DescribeAsync(name, version ?? "latest", context.RequestAborted);
        return ProtocolJson.Answer(model.Map(ModelMetadata.Of));
    }

    private static async Task<IResult> ModelReadyAsync(string name, string? version, IInference inference, HttpContext context)
    {
        var model = await inference.DescribeAsync(name, version ?? "latest", context.RequestAborted);
        return ProtocolJson.Answer(model.Map(found => new ModelReady(found.Version.Name, Ready: true)));
    }

    private static async Task<IResult> StatisticsAsync(string name, string? version, IInference inference, HttpContext context)
    {
        var activity = await inference.ActivityAsync(name, version ?? "latest", context.RequestAborted);
        return ProtocolJson.Answer(activity.Map(found => new ModelStatisticsList([ModelStatistics.Of(found)])));
    }

    private static async Task<IResult> InferAsync(string name, string? version, IInference inference, HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(BinaryDataHeader))
            return ProtocolJson.Refusal(Error.Invalid("Binary tensor data is not supported.", "Send the tensors' data as JSON (binary_data=False)."));

        var body = await RequestBody.TextAsync(context.Request, context.RequestAborted);
        var request = body.Then(Read);
        if (!request.IsSuccess)
            return ProtocolJson.Refusal(request.Error);

        var answer = await inference.InferAsync(name, version ?? "latest", request.Value.Inputs, request.Value.Outputs, context.RequestAborted);
        return ProtocolJson.Answer(answer.Map(found => InferenceResponse.Of(found, request.Value.Id)));
    }

    private static Result<InferenceCall> Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return InferenceCall.Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter is what a text with half a surrogate pair is refused with.
            return Error.Invalid($"The request is not JSON: {e.Message}");
        }
    }
}
