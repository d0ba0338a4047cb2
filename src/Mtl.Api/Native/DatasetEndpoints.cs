using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mtl.Application.Datasets;

namespace Mtl.Api.Native;

internal static class DatasetEndpoints
{
    public static void MapDatasets(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/datasets").WithTags("Datasets");
        group.MapGet("/", async (IDatasets datasets, HttpContext context) => HttpResults.Json(await datasets.ListAsync(context.RequestAborted)));
        group.MapPost("/", UploadAsync).WithMetadata(new UnlimitedBody()).WithSummary("Uploads a CSV or Parquet file: a multipart form, or the file as the body with its name in ?name=.");
        group.MapPost("/from-path", AddPathAsync).WithSummary("Registers a file on the server by its path.");
        group.MapGet("/{id}", async (string id, IDatasets datasets, HttpContext context) => (await datasets.GetAsync(id, context.RequestAborted)).ToHttp(context));
        group.MapGet("/{id}/profile", async (string id, IDatasets datasets, HttpContext context) => (await datasets.ProfileAsync(id, context.RequestAborted)).ToHttp(context));
        group.MapDelete("/{id}", async (string id, IDatasets datasets, HttpContext context) => (await datasets.RemoveAsync(id, context.RequestAborted)).Map(_ => new { id }).ToHttp(context));
    }

    private static async Task<IResult> UploadAsync(IDatasets datasets, HttpContext context)
    {
        var file = await UploadedFile.OpenAsync(context.Request, context.RequestAborted);
        return file.IsSuccess
            ? (await datasets.UploadAsync(file.Value.Name, file.Value.Content, context.RequestAborted)).ToHttp(context, StatusCodes.Status201Created)
            : file.Error.ToHttp(context);
    }

    private static async Task<IResult> AddPathAsync(IDatasets datasets, HttpContext context)
    {
        var body = await RequestBody.ReadAsync<PathBody>(context.Request, context.RequestAborted);
        return body.IsSuccess
            ? (await datasets.AddPathAsync(body.Value.Path, context.RequestAborted)).ToHttp(context, StatusCodes.Status201Created)
            : body.Error.ToHttp(context);
    }

    private sealed record PathBody(string Path);
}
