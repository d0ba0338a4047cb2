using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mtl.Application.Experiments;
using Mtl.Core.Definitions;

namespace Mtl.Api.Native;

internal static class ExperimentEndpoints
{
    public static void MapExperiments(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/experiments").WithTags("Experiments");
        group.MapGet("/", ListAsync).WithSummary("Live experiments, the one last updated first; with ?name= the one of that name.");
        group.MapPost("/", CreateAsync).WithSummary("Stores a definition as a new experiment.");
        group.MapGet("/{id}", async (string id, IExperiments experiments, HttpContext context) => (await experiments.GetAsync(id, context.RequestAborted)).ToHttp(context));
        group.MapPut("/{id}", UpdateAsync).WithSummary("Replaces the definition that later runs use.");
        group.MapDelete("/{id}", async (string id, IExperiments experiments, HttpContext context) => (await experiments.DeleteAsync(id, context.RequestAborted)).Map(_ => new { id }).ToHttp(context));
        group.MapPost("/{id}/runs", StartAsync).WithSummary("Starts a run of the definition, or of the variant in the body, and the single-task baseline where one is due.");
    }

    private static async Task<IResult> ListAsync(string? name, IExperiments experiments, HttpContext context) => name is null
        ? HttpResults.Json(await experiments.ListAsync(context.RequestAborted))
        : (await experiments.GetByNameAsync(name, context.RequestAborted)).ToHttp(context);

    private static async Task<IResult> CreateAsync(IExperiments experiments, HttpContext context)
    {
        var definition = await RequestBody.ReadAsync<ExperimentDefinition>(context.Request, context.RequestAborted);
        return definition.IsSuccess
            ? (await experiments.CreateAsync(definition.Value, context.RequestAborted)).Map(id => new { id }).ToHttp(context, StatusCodes.Status201Created)
            : definition.Error.ToHttp(context);
    }

    private static async Task<IResult> UpdateAsync(string id, IExperiments experiments, HttpContext context)
    {
        var definition = await RequestBody.ReadAsync<ExperimentDefinition>(context.Request, context.RequestAborted);
        return definition.IsSuccess
            ? (await experiments.UpdateAsync(id, definition.Value, context.RequestAborted)).Map(_ => new { id }).ToHttp(context)
            : definition.Error.ToHttp(context);
    }

    private static async Task<IResult> StartAsync(string id, IExperiments experiments, HttpContext context)
    {
        var variant = await RequestBody.ReadOptionalAsync<ExperimentDefinition>(context.Request, context.RequestAborted);
        return variant.IsSuccess
            ? (await experiments.StartAsync(id, variant.Value, context.RequestAborted)).Map(runs => new { runs }).ToHttp(context, StatusCodes.Status202Accepted)
            : variant.Error.ToHttp(context);
    }
}
