using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mtl.Application.Models;

namespace Mtl.Api.Native;

internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/models").WithTags("Models");
        group.MapGet("/", async (IModels models, HttpContext context) => HttpResults.Json(await models.ListAsync(context.RequestAborted)));
        group.MapGet("/{name}/versions/{version}", async (string name, string version, IModels models, HttpContext context) =>
            (await models.GetAsync(name, version, context.RequestAborted)).ToHttp(context));
        group.MapGet("/{name}/versions/{version}/signature", async (string name, string version, IModels models, HttpContext context) =>
            (await models.SignatureAsync(name, version, context.RequestAborted)).ToHttp(context));
        group.MapGet("/{name}/versions/{version}/file", FileAsync).WithSummary("The .onnx file.");
        group.MapPost("/{name}/versions/{version}/predict", PredictAsync).WithSummary("Predicts rows given as a list of column → value.");
        group.MapPost("/{name}/versions/{version}/predict-csv", PredictCsvAsync).WithMetadata(new UnlimitedBody()).WithSummary("Predicts a CSV file; gives it back with the predictions beside its columns.");
        group.MapGet("/{name}/aliases", async (string name, IModels models, HttpContext context) => HttpResults.Json(await models.AliasesAsync(name, context.RequestAborted)));
        group.MapPut("/{name}/aliases/{alias}", async (string name, string alias, int version, IModels models, HttpContext context) =>
            (await models.SetAliasAsync(name, alias, version, context.RequestAborted)).Map(_ => new { name, alias, version }).ToHttp(context));
        group.MapDelete("/{name}/aliases/{alias}", async (string name, string alias, IModels models, HttpContext context) =>
            (await models.SetAliasAsync(name, alias, null, context.RequestAborted)).Map(_ => new { name, alias }).ToHttp(context));
    }

    private static async Task<IResult> FileAsync(string name, string version, IModels models, HttpContext context)
    {
        var found = await models.GetAsync(name, version, context.RequestAborted);
        return found.IsSuccess
            ? (await models.OpenAsync(name, version, context.RequestAborted)).ToDownload(context, $"{found.Value.Name}-{found.Value.Version}.onnx", "application/octet-stream")
            : found.Error.ToHttp(context);
    }

    private static async Task<IResult> PredictAsync(string name, string version, IPredictions predictions, HttpContext context)
    {
        var body = await RequestBody.ReadAsync<IReadOnlyList<IReadOnlyDictionary<string, JsonElement>>>(context.Request, context.RequestAborted);
        var rows = body.Then(JsonRows.ToTexts);
        return rows.IsSuccess ? (await predictions.PredictAsync(name, version, rows.Value, context.RequestAborted)).ToHttp(context) : rows.Error.ToHttp(context);
    }

    private static async Task<IResult> PredictCsvAsync(string name, string version, IPredictions predictions, HttpContext context)
    {
        var file = await UploadedFile.OpenAsync(context.Request, context.RequestAborted);
        return file.IsSuccess
            ? (await predictions.PredictCsvAsync(name, version, file.Value.Content, context.RequestAborted)).ToDownload(context, $"{name}-predictions.csv", "text/csv")
            : file.Error.ToHttp(context);
    }
}
