using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mtl.Api.Mlflow.Wire;
using Mtl.Core;

namespace Mtl.Api.Mlflow;

/// <summary>
/// MLflow's REST API 2.0 under <c>/api/2.0/mlflow</c> and, as its browser pages ask for it, <c>/ajax-api/2.0/mlflow</c>; the artifact proxy under <c>/api/2.0/mlflow-artifacts</c>.
/// docs/mlflow.md says what is supported and what differs.
/// </summary>
public static class MlflowEndpoints
{
    /// <summary>What clients take the server's version for. Those of version 2 and 3 work with it.</summary>
    private const string ProtocolVersion = "2.22.0";

    private static readonly string[] Prefixes = ["/api/2.0", "/ajax-api/2.0"];

    private static readonly string[] WithBody = ["POST", "PUT", "PATCH", "DELETE"];

    /// <summary>All routes.</summary>
    internal static IReadOnlyList<MlflowRoute> Routes { get; } =
        [.. ExperimentRoutes.All, .. RunRoutes.All, .. MetricRoutes.All, .. ArtifactRoutes.All, .. RegisteredModelRoutes.All, .. ModelVersionRoutes.All, .. LoggedModelRoutes.All,
            .. UserRoutes.All, .. PermissionRoutes.All];

    public static void MapMlflow(this IEndpointRouteBuilder routes)
    {
        foreach (var prefix in Prefixes)
        {
            var group = routes.MapGroup(prefix).DisableAntiforgery().ExcludeFromDescription();
            foreach (var route in Routes)
                group.MapMethods($"/mlflow/{route.Path}", route.Methods.Split(' '), (Delegate)((HttpContext context) => AnswerAsync(route, context)));
            group.MapArtifactProxy();
            group.Map("/{**path}", (HttpContext context) => MlflowError.NoEndpoint(context.Request));
        }

        routes.MapGet("/version", () => Results.Text(ProtocolVersion)).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/health", () => Results.Text("OK")).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Reads the request by the route's fields, asks the use case, writes what it answers.</summary>
    internal static async Task<IResult> AnswerAsync(MlflowRoute route, HttpContext context)
    {
        var message = await ReadAsync(route, context);
        if (!message.IsSuccess)
            return MlflowError.Of(message.Error);
        var answer = await route.Answer(new MlflowCall(message.Value, context));
        if (!answer.IsSuccess)
            return MlflowError.Of(answer.Error);
        return answer.Value as IResult ?? Results.Json(answer.Value, MlflowJson.Options);
    }

    private static async Task<Result<Message>> ReadAsync(MlflowRoute route, HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) && request.RouteValues.Count == 0 && request.QueryString.HasValue)
            return MessageReader.Read(request.Query, route.Fields);

        var body = await BodyAsync(route, request, context.RequestAborted);
        if (!body.IsSuccess)
            return body.Error;
        var document = LenientJson.Read(body.Value);
        if (!document.IsSuccess)
            return document.Error;
        using var json = document.Value;
        if (HttpMethods.IsGet(request.Method) && request.QueryString.HasValue)
            return MessageReader.Read(request.Query, [.. route.Fields.Where(field => !request.RouteValues.ContainsKey(field.Name))]).Then(message => MessageReader.WithRoute(message, request.RouteValues));
        return MessageReader.WithRoute(json.RootElement, route.Fields, request.RouteValues);
    }

    private static async Task<Result<string>> BodyAsync(MlflowRoute route, HttpRequest request, CancellationToken cancellation)
    {
        var body = await RequestBody.TextAsync(request, cancellation);
        if (!body.IsSuccess)
            return body.Error;
        if (body.Value.Length > 0 && WithBody.Contains(request.Method) && !IsJson(request.ContentType))
        {
            return Error.Invalid(request.ContentType is null
                ? "Bad Request. Content-Type header is missing."
                : "Bad Request. Content-Type must be one of ['application/json'].");
        }

        return route.LargestBody > 0 && System.Text.Encoding.UTF8.GetByteCount(body.Value) is var size && size > route.LargestBody
            ? Error.Invalid($"Batched logging API requests must be at most {route.LargestBody} bytes, got a request of size {size}.")
            : body.Value;
    }

    private static bool IsJson(string? contentType) => contentType?.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase) == true;
}
