using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Mtl.Api.Inference;
using Mtl.Api.Mlflow;
using Mtl.Api.Native;
using Mtl.Api.Native.Collaboration;
using Mtl.Core;

namespace Mtl.Api;

/// <summary>The platform's HTTP API.</summary>
public static class ApiEndpoints
{
    /// <summary>A parameter that can't be read is answered by <see cref="ErrorHandling"/>, as any other wrong request.</summary>
    public static IServiceCollection AddMtlApi(this IServiceCollection services) => services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);

    /// <summary>Maps <c>/api/v1</c>, the Open Inference Protocol under <c>/v2</c> and MLflow's protocol under <c>/api/2.0</c>.</summary>
    public static void MapMtlApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").DisableAntiforgery();
        api.MapCatalogue();
        api.MapDatasets();
        api.MapExperiments();
        api.MapRuns();
        api.MapModels();
        api.MapRetention();
        api.MapAccount();
        api.MapPeople();
        api.MapPermissions();
        api.MapAudit();
        api.MapRecordRoutes();
        api.MapTables();
        api.MapFiling();
        api.MapWebhooks();
        routes.Map("/api/{**path}", (string path, HttpContext context) =>
            Error.NotFound($"There is no '{context.Request.Method} /api/{path}'.", "The API's document is at /openapi/v1.json.").ToHttp(context)).ExcludeFromDescription();
        routes.MapInference();
        routes.MapMlflow();
    }
}
