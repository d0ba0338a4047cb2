using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Mtl.Api.Mlflow.Wire;
using Mtl.Application.Tracking;
using Mtl.Core;

namespace Mtl.Api.Mlflow;

/// <summary>
/// The files of runs and logged models over HTTP (mlflow/protos/mlflow_artifacts.proto): <c>GET</c>, <c>PUT</c>, <c>DELETE</c> of a path, a list of a folder, and uploads in parts. The parts are sent to this
/// server too, with the headers that the begin of the upload gave.
/// </summary>
internal static class ArtifactProxy
{
    private const string SecretHeader = "X-Mtl-Upload-Secret";

    private static readonly FileExtensionContentTypeProvider Types = new();

    private static readonly MlflowRoute[] Uploads =
    [
        new("POST", "create/{**artifact_path}", [Field.Text("path"), Field.Integer("num_parts", 1, 10_000).Needed()], BeginAsync),
        new(
            "POST",
            "complete/{**artifact_path}",
            [Field.Text("path"), Field.Required("upload_id"), Field.Messages("parts", Field.Integer("part_number").Needed(), Field.Text("etag"), Field.Text("url"))],
            CompleteAsync),
        new("POST", "abort/{**artifact_path}", [Field.Text("path"), Field.Required("upload_id")], AbortAsync),
    ];

    public static void MapArtifactProxy(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/mlflow-artifacts");
        group.MapGet("/artifacts", ListAsync);
        group.MapGet("/artifacts/{**path}", DownloadAsync);
        group.MapPut("/artifacts/{**path}", UploadAsync).WithMetadata(new UnlimitedBody());
        group.MapDelete("/artifacts/{**path}", DeleteAsync);
        foreach (var route in Uploads)
            group.MapPost($"/mpu/{route.Path}", (Delegate)((HttpContext context) => MlflowEndpoints.AnswerAsync(route, context)));
        // Clients send parts as to any store: with the upload's own headers alone, which are the proof here.
        group.MapPut("/mpu/parts/{uploadId}/{number:int}", PartAsync).AllowAnonymous().WithMetadata(new UnlimitedBody());
    }

    private static async Task<IResult> ListAsync(HttpContext context, IArtifactTracking artifacts)
    {
        var path = context.Request.Query["path"].ToString();
        var entries = await AddressOf(path).ThenAsync(address => artifacts.ListAsync(address, context.RequestAborted));
        return Write(entries.Map<object>(found => new FileList(MlflowJson.Some(found.Select(FileMessage.Of).Select(file => file with { Path = file.Path[(file.Path.LastIndexOf('/') + 1)..] })))));
    }

    /// <summary>Always a download, and never taken for another type: what a client has logged is nothing that a page should run.</summary>
    private static async Task<IResult> DownloadAsync(string? path, HttpContext context, IArtifactTracking artifacts)
    {
        var opened = await AddressOf(path).ThenAsync(address => artifacts.OpenAsync(address, context.RequestAborted));
        if (!opened.IsSuccess)
            return MlflowError.Of(opened.Error);
        var name = path![(path!.LastIndexOf('/') + 1)..];
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return FileDownload.Of(opened.Value, context, Types.TryGetContentType(name, out var type) ? type : "application/octet-stream", name);
    }

    private static async Task<IResult> UploadAsync(string? path, HttpContext context, IArtifactTracking artifacts)
    {
        var written = await AddressOf(path).ThenAsync(address => artifacts.WriteAsync(address, context.Request.Body, context.RequestAborted));
        return Write(written.Map<object>(_ => new EmptyMessage()));
    }

    private static async Task<IResult> DeleteAsync(string? path, HttpContext context, IArtifactTracking artifacts)
    {
        var deleted = await AddressOf(path).ThenAsync(address => artifacts.DeleteAsync(address, context.RequestAborted));
        return Write(deleted.Map<object>(_ => new EmptyMessage()));
    }

    private static async Task<Result<object>> BeginAsync(MlflowCall call)
    {
        var ticket = await FileOf(call).ThenAsync(address => call.Use<IArtifactTracking>().BeginUploadAsync(address, (int)call.Fields.Integer("num_parts"), call.Cancellation));
        var request = call.Context.Request;
        return ticket.Map<object>(begun => new UploadMessage(begun.UploadId, [.. Enumerable.Range(1, begun.Parts).Select(number => new CredentialMessage(
            $"{request.Scheme}://{request.Host}/api/2.0/mlflow-artifacts/mpu/parts/{begun.UploadId}/{number}", number, new Dictionary<string, string> { [SecretHeader] = begun.Secret }))]));
    }

    private static async Task<IResult> PartAsync(string uploadId, int number, HttpContext context, IArtifactTracking artifacts)
    {
        var written = await artifacts.WritePartAsync(uploadId, context.Request.Headers[SecretHeader].ToString(), number, context.Request.Body, context.RequestAborted);
        if (written.IsSuccess)
            context.Response.Headers.ETag = written.Value;
        return Write(written.Map<object>(_ => new EmptyMessage()));
    }

    private static async Task<Result<object>> CompleteAsync(MlflowCall call)
    {
        (int, string)[] parts = [.. call.Fields.Children("parts").Select(part => ((int)Math.Clamp(part.Integer("part_number"), int.MinValue, int.MaxValue), part.Text("etag")))];
        var completed = await FileOf(call).ThenAsync(address => call.Use<IArtifactTracking>().CompleteUploadAsync(address, call.Fields.Text("upload_id"), parts, call.Cancellation));
        return completed.Map<object>(_ => new EmptyMessage());
    }

    private static async Task<Result<object>> AbortAsync(MlflowCall call)
    {
        var aborted = await FileOf(call).ThenAsync(address => call.Use<IArtifactTracking>().AbortUploadAsync(address, call.Fields.Text("upload_id"), call.Cancellation));
        return aborted.Map<object>(_ => new EmptyMessage());
    }

    /// <summary>The file of an upload in parts: the folder is in the address, the file's name in the body (or all of it in the address).</summary>
    private static Result<ArtifactAddress> FileOf(MlflowCall call) => AddressOf(call.Fields.Text("artifact_path")).Then<ArtifactAddress>(address =>
        call.Fields.Text("path") is not { Length: > 0 } path || address.Path == path || address.Path.EndsWith($"/{path}", StringComparison.Ordinal) ? address
        : path.StartsWith('/') || path.Split('/').Contains("..") ? Error.Invalid($"Invalid path: '{path[..Math.Min(path.Length, 200)]}'.", field: "path")
        : address with { Path = address.Path.Length > 0 ? $"{address.Path}/{path}" : path });

    /// <summary>A slash may come as <c>%2F</c>, which the framework leaves as it is in a path.</summary>
    private static Result<ArtifactAddress> AddressOf(string? path) => path is { Length: > 0 }
        ? path.Contains('\0', StringComparison.Ordinal) ? Error.Invalid("Invalid path: it holds the character U+0000.", field: "path") : ArtifactAddress.Read(path.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase))
        : Error.Invalid("Missing value for required parameter 'path'.", field: "path");

    private static async Task<Result<TNext>> ThenAsync<T, TNext>(this Result<T> result, Func<T, Task<Result<TNext>>> next) => result.IsSuccess ? await next(result.Value) : result.Error;

    private static IResult Write(Result<object> result) => result.IsSuccess ? Results.Json(result.Value, MlflowJson.Options) : MlflowError.Of(result.Error);

    private sealed record FileList(IReadOnlyList<FileMessage>? Files);

    private sealed record UploadMessage(string UploadId, IReadOnlyList<CredentialMessage> Credentials);

    private sealed record CredentialMessage(string Url, int PartNumber, IReadOnlyDictionary<string, string> Headers);
}
