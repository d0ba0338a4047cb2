using Microsoft.AspNetCore.Http;
using Mtl.Core;

namespace Mtl.Api.Mlflow.Wire;

/// <summary>Errors as MLflow sends them: <c>{"error_code": "…", "message": "…"}</c>, with its codes and their HTTP status (mlflow/exceptions.py).</summary>
internal static class MlflowError
{
    private static readonly Dictionary<ErrorKind, (string Code, int Status)> Codes = new()
    {
        [ErrorKind.Invalid] = ("INVALID_PARAMETER_VALUE", StatusCodes.Status400BadRequest),
        [ErrorKind.NotFound] = ("RESOURCE_DOES_NOT_EXIST", StatusCodes.Status404NotFound),
        [ErrorKind.Conflict] = ("RESOURCE_ALREADY_EXISTS", StatusCodes.Status400BadRequest),
        [ErrorKind.TooLarge] = ("INVALID_PARAMETER_VALUE", StatusCodes.Status413PayloadTooLarge),
        [ErrorKind.Unavailable] = ("TEMPORARILY_UNAVAILABLE", StatusCodes.Status503ServiceUnavailable),
        [ErrorKind.Unauthenticated] = ("UNAUTHENTICATED", StatusCodes.Status401Unauthorized),
        [ErrorKind.Forbidden] = ("PERMISSION_DENIED", StatusCodes.Status403Forbidden),
        [ErrorKind.TooMany] = ("REQUEST_LIMIT_EXCEEDED", StatusCodes.Status429TooManyRequests),
        [ErrorKind.Full] = ("RESOURCE_EXHAUSTED", StatusCodes.Status507InsufficientStorage),
    };

    public static IResult Of(Error error) => Of(Codes[error.Kind].Code, error.ToString(), Codes[error.Kind].Status).WithWait(error);

    /// <summary>There is no such route.</summary>
    public static IResult NoEndpoint(HttpRequest request) => Of(
        "ENDPOINT_NOT_FOUND", $"No API found for '{request.Method} {request.Path}'. The supported endpoints are listed in docs/mlflow.md.", StatusCodes.Status404NotFound);

    /// <summary>The server's own fault; its log has the details.</summary>
    public static IResult Broken(string requestId) => Of(
        "INTERNAL_ERROR", $"The server broke on this request. Its log has the details under the request id {requestId}.", StatusCodes.Status500InternalServerError);

    private static IResult Of(string code, string message, int status) => Results.Json(new Body(code, message), MlflowJson.Options, statusCode: status);

    private sealed record Body(string ErrorCode, string Message);
}
