using Microsoft.AspNetCore.Http;
using Mtl.Api.Inference;
using Mtl.Api.Mlflow.Wire;
using Mtl.Core;

namespace Mtl.Api;

/// <summary>Which API a request is for, and so in which form it is refused before any endpoint has seen it.</summary>
internal static class ErrorShapes
{
    private static readonly (string Path, Func<Error, HttpContext, IResult> Answer)[] Shapes =
    [
        ("/v2", (error, _) => ProtocolJson.Refusal(error)),
        ("/api/2.0", (error, _) => MlflowError.Of(error)),
        ("/ajax-api", (error, _) => MlflowError.Of(error)),
        ("/api", (error, context) => error.ToHttp(context)),
    ];

    public static bool IsApi(HttpContext context) => Shapes.Any(shape => context.Request.Path.StartsWithSegments(shape.Path));

    public static Task WriteAsync(this Error error, HttpContext context)
    {
        var shape = Array.Find(Shapes, shape => context.Request.Path.StartsWithSegments(shape.Path)).Answer ?? ((error, context) => error.ToHttp(context));
        return shape(error, context).ExecuteAsync(context);
    }
}
