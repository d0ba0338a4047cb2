using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mtl.Application.Collaboration.Groups;
using Mtl.Application.Collaboration.Tables;
using Mtl.Application.Collaboration.Views;

namespace Mtl.Api.Native.Collaboration;

/// <summary>An experiment's runs as tables, groups and saved views.</summary>
internal static class TableEndpoints
{
    public static void MapTables(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/experiments/{id}").WithTags("Working together");
        group.MapGet("/table", PageAsync).WithSummary("A page of runs: ?filter= in MLflow's language, ?sort=metrics.loss, ?descending=true, ?archived=true, ?size=, ?token= of the page before.");
        group.MapGet("/table.csv", CsvAsync).WithSummary("All runs of the filter as CSV; ?columns= names separated by commas, all when absent.");
        group.MapGet("/groups", GroupsAsync).WithSummary("Runs that share the columns of ?by=, with count, mean and standard deviation of each metric.");
        group.MapGet("/groups/curves", CurvesAsync).WithSummary("Mean and standard deviation of ?metric= over steps, for each group.");
        group.MapGet("/views", async (string id, IViews views, HttpContext context) => (await views.ListAsync(id, context.RequestAborted)).ToHttp(context));
        group.MapPost("/views", async (string id, IViews views, HttpContext context) => await context.WithBodyAsync<ViewBody>(
            async body => (await views.SaveAsync(id, body.Name, body.Query, context.RequestAborted)).ToHttp(context, StatusCodes.Status201Created)));

        var saved = api.MapGroup("/views").WithTags("Working together");
        saved.MapGet("/{id}", async (string id, IViews views, HttpContext context) => (await views.GetAsync(id, context.RequestAborted)).ToHttp(context));
        saved.MapPut("/{id}", async (string id, IViews views, HttpContext context) =>
            await context.WithBodyAsync<ViewBody>(async body => (await views.UpdateAsync(id, body.Name, body.Query, context.RequestAborted)).ToHttp(context)));
        saved.MapDelete("/{id}", async (string id, IViews views, HttpContext context) => (await views.RemoveAsync(id, context.RequestAborted)).Map(_ => new { id }).ToHttp(context));
    }

    private static async Task<IResult> PageAsync(string id, [AsParameters] TableParameters parameters, int? size, string? token, IRunTable table, HttpContext context) =>
        (await table.PageAsync(parameters.Query(id) with { PageSize = size ?? 50, PageToken = token }, context.RequestAborted)).ToHttp(context);

    private static async Task<IResult> CsvAsync(string id, [AsParameters] TableParameters parameters, string? columns, IRunTable table, HttpContext context)
    {
        var csv = await table.CsvAsync(parameters.Query(id), ColumnKey.ParseList(columns), context.RequestAborted);
        return csv.IsSuccess
            ? Results.Stream(stream => csv.Value(stream, context.RequestAborted), "text/csv; charset=utf-8", $"runs-{id}.csv")
            : csv.Error.ToHttp(context);
    }

    private static async Task<IResult> GroupsAsync(string id, [AsParameters] TableParameters parameters, string? by, IRunGroups groups, HttpContext context) =>
        (await groups.GroupAsync(new RunGroupQuery(parameters.Query(id), ColumnKey.ParseList(by)), context.RequestAborted)).ToHttp(context);

    private static async Task<IResult> CurvesAsync(string id, [AsParameters] TableParameters parameters, string metric, string? by, int? maximumPoints, IRunGroups groups, HttpContext context) =>
        (await groups.CurvesAsync(new RunGroupQuery(parameters.Query(id), ColumnKey.ParseList(by)), metric, Math.Clamp(maximumPoints ?? 400, 2, 10_000), context.RequestAborted)).ToHttp(context);

    /// <summary>Which runs, as the address says it.</summary>
    private readonly record struct TableParameters(string? Filter, string? Sort, bool? Descending, bool? Archived)
    {
        public RunTableQuery Query(string experimentId) => new(experimentId)
        {
            Filter = Filter ?? "",
            Sort = string.IsNullOrEmpty(Sort) ? null : ColumnKey.Parse(Sort),
            IsDescending = Descending ?? false,
            IsArchived = Archived ?? false,
        };
    }

    private sealed record ViewBody(string Name, string Query);
}
