using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Mtl.Application.Collaboration.Archives;
using Mtl.Application.Collaboration.Filing;
using Mtl.Application.Runs;

namespace Mtl.Api.Native.Collaboration;

/// <summary>Renaming, moving and archiving runs, and taking them elsewhere as files; and looking at a run's pictures.</summary>
internal static class FilingEndpoints
{
    public static void MapFiling(this IEndpointRouteBuilder api)
    {
        var runs = api.MapGroup("/runs").WithTags("Working together");
        runs.MapPost("/archive", async (IRunFiling filing, HttpContext context) => await context.WithBodyAsync<RunsBody>(
            async body => (await filing.ArchiveAsync(body.Runs, context.RequestAborted)).Map(changed => new { changed }).ToHttp(context))).WithSummary("Takes runs out of lists; nothing of them is lost.");
        runs.MapPost("/restore", async (IRunFiling filing, HttpContext context) => await context.WithBodyAsync<RunsBody>(
            async body => (await filing.RestoreAsync(body.Runs, context.RequestAborted)).Map(changed => new { changed }).ToHttp(context)));
        runs.MapPost("/move", async (IRunFiling filing, HttpContext context) => await context.WithBodyAsync<MoveBody>(
            async body => (await filing.MoveAsync(body.Runs, body.Experiment, context.RequestAborted)).Map(changed => new { changed }).ToHttp(context))).WithSummary("Puts runs into another experiment.");
        runs.MapPut("/{id}/name", async (string id, IRunFiling filing, HttpContext context) => await context.WithBodyAsync<NameBody>(
            async body => (await filing.RenameAsync(id, body.Name, context.RequestAborted)).Map(name => new { id, name }).ToHttp(context)));
        runs.MapGet("/{id}/archive", ExportAsync).WithSummary("The run as a zip file: metrics, parameters, tags, log, artifacts.");
        runs.MapGet("/{id}/preview/{**path}", PreviewAsync).WithSummary("A picture among the run's artifacts, to be shown in a page.");
        api.MapPost("/experiments/{id}/import", ImportAsync).WithTags("Working together").WithMetadata(new UnlimitedBody()).WithSummary("Makes a new run of a run's zip file.");
    }

    private static async Task<IResult> ExportAsync(string id, IRunArchives archives, HttpContext context)
    {
        var export = await archives.ExportAsync(id, context.RequestAborted);
        // The framework's zip writer writes the few bytes at the end of an entry synchronously.
        if (context.Features.Get<IHttpBodyControlFeature>() is { } body)
            body.AllowSynchronousIO = true;
        return export.IsSuccess
            ? Results.Stream(stream => export.Value.Write(stream, context.RequestAborted), "application/zip", export.Value.FileName)
            : export.Error.ToHttp(context);
    }

    private static async Task<IResult> ImportAsync(string id, IRunArchives archives, HttpContext context)
    {
        var file = await UploadedFile.OpenAsync(context.Request, context.RequestAborted);
        return file.IsSuccess
            ? (await archives.ImportAsync(id, file.Value.Content, context.RequestAborted)).Map(run => new { run }).ToHttp(context, StatusCodes.Status201Created)
            : file.Error.ToHttp(context);
    }

    private static async Task<IResult> PreviewAsync(string id, string path, IRunPreviews previews, HttpContext context)
    {
        var picture = await previews.PictureAsync(id, path, context.RequestAborted);
        if (!picture.IsSuccess)
            return picture.Error.ToHttp(context);
        UntrustedContent.Confine(context.Response);
        return Results.Stream(picture.Value.Content, picture.Value.MediaType);
    }

    private sealed record RunsBody(IReadOnlyList<string> Runs);

    private sealed record MoveBody(IReadOnlyList<string> Runs, string Experiment);

    private sealed record NameBody(string Name);
}
