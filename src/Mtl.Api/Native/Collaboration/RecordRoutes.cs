using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mtl.Application.Collaboration.Comments;
using Mtl.Application.Collaboration.Favourites;
using Mtl.Application.Collaboration.Notes;
using Mtl.Application.Collaboration.Tags;
using Mtl.Tracking.Tags;

namespace Mtl.Api.Native.Collaboration;

/// <summary>What people add to a record, the same below <c>/experiments/{id}</c>, <c>/runs/{id}</c> and <c>/models/{id}</c>: a note, tags, comments, a place among the favourites.</summary>
internal static class RecordRoutes
{
    private static readonly (string Path, TagOwnerKind Kind)[] Records =
    [
        ("/experiments/{id}", TagOwnerKind.Experiment),
        ("/runs/{id}", TagOwnerKind.Run),
        ("/models/{id}", TagOwnerKind.RegisteredModel),
    ];

    public static void MapRecordRoutes(this IEndpointRouteBuilder api)
    {
        foreach (var (path, kind) in Records)
            MapRecord(api.MapGroup(path).WithTags("Working together"), kind);
        var comments = api.MapGroup("/comments").WithTags("Working together");
        comments.MapPut("/{id}", async (string id, IComments comments, HttpContext context) =>
            await context.WithBodyAsync<TextBody>(async body => (await comments.EditAsync(id, body.Text, context.RequestAborted)).ToHttp(context)));
        comments.MapDelete("/{id}", async (string id, IComments comments, HttpContext context) => (await comments.RemoveAsync(id, context.RequestAborted)).Map(_ => new { id }).ToHttp(context));
    }

    private static void MapRecord(RouteGroupBuilder group, TagOwnerKind kind)
    {
        group.MapGet("/note", async (string id, INotes notes, HttpContext context) => (await notes.GetAsync(new TagOwner(kind, id), context.RequestAborted)).Map(note => new { note }).ToHttp(context))
            .WithSummary("The note, in Markdown.");
        group.MapPut("/note", async (string id, INotes notes, HttpContext context) =>
            await context.WithBodyAsync<NoteBody>(async body => (await notes.SetAsync(new TagOwner(kind, id), body.Note, context.RequestAborted)).Map(note => new { note }).ToHttp(context)));

        group.MapGet("/tags", async (string id, ITagging tags, HttpContext context) => (await tags.GetAsync(new TagOwner(kind, id), context.RequestAborted)).ToHttp(context));
        group.MapPut("/tags/{**key}", async (string id, string key, ITagging tags, HttpContext context) =>
            await context.WithBodyAsync<ValueBody>(async body => (await tags.SetAsync(new TagOwner(kind, id), key, body.Value, context.RequestAborted)).Map(value => new { key, value }).ToHttp(context)));
        group.MapDelete("/tags/{**key}", async (string id, string key, ITagging tags, HttpContext context) =>
            (await tags.DeleteAsync(new TagOwner(kind, id), key, context.RequestAborted)).Map(existed => new { key, existed }).ToHttp(context));

        group.MapGet("/comments", async (string id, int? limit, string? after, IComments comments, HttpContext context) =>
            (await comments.ListAsync(new TagOwner(kind, id), limit ?? 200, after, context.RequestAborted)).ToHttp(context)).WithSummary("The oldest first; ?after= the id of the last one read.");
        group.MapPost("/comments", async (string id, IComments comments, HttpContext context) => await context.WithBodyAsync<TextBody>(
            async body => (await comments.AddAsync(new TagOwner(kind, id), body.Text, context.RequestAborted)).ToHttp(context, StatusCodes.Status201Created)));

        group.MapPut("/favourite", async (string id, IFavourites favourites, HttpContext context) =>
            (await favourites.SetAsync(new TagOwner(kind, id), true, context.RequestAborted)).Map(isFavourite => new { isFavourite }).ToHttp(context)).WithSummary("Marks it as one of the caller's favourites.");
        group.MapDelete("/favourite", async (string id, IFavourites favourites, HttpContext context) =>
            (await favourites.SetAsync(new TagOwner(kind, id), false, context.RequestAborted)).Map(isFavourite => new { isFavourite }).ToHttp(context));
    }

    private sealed record NoteBody(string Note);

    private sealed record ValueBody(string Value);

    private sealed record TextBody(string Text);
}
