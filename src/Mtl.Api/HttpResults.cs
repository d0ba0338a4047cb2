using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Mtl.Core;
using Mtl.Core.Definitions;

namespace Mtl.Api;

/// <summary>Results and errors as HTTP answers in JSON.</summary>
internal static class HttpResults
{
    private static readonly Dictionary<ErrorKind, int> Statuses = new()
    {
        [ErrorKind.Invalid] = StatusCodes.Status400BadRequest,
        [ErrorKind.NotFound] = StatusCodes.Status404NotFound,
        [ErrorKind.Conflict] = StatusCodes.Status409Conflict,
        [ErrorKind.TooLarge] = StatusCodes.Status413PayloadTooLarge,
        [ErrorKind.Unavailable] = StatusCodes.Status503ServiceUnavailable,
        [ErrorKind.Unauthenticated] = StatusCodes.Status401Unauthorized,
        [ErrorKind.Forbidden] = StatusCodes.Status403Forbidden,
        [ErrorKind.TooMany] = StatusCodes.Status429TooManyRequests,
        [ErrorKind.Full] = StatusCodes.Status507InsufficientStorage,
    };

    public static int Status(this Error error) => Statuses[error.Kind];

    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, DefinitionJson.Options, statusCode: status);

    public static IResult ToHttp<T>(this Result<T> result, HttpContext context, int status = StatusCodes.Status200OK) =>
        result.IsSuccess ? Json(result.Value, status) : result.Error.ToHttp(context);

    public static IResult ToHttp(this Error error, HttpContext context) => Json(
        new ErrorBody(JsonNamingPolicy.KebabCaseLower.ConvertName(error.Kind.ToString()), error.Message, error.Advice, error.Field, context.TraceIdentifier), error.Status()).WithWait(error);

    /// <summary>The opened file as a download, or the error.</summary>
    public static IResult ToDownload(this Result<Stream> opened, HttpContext context, string fileName, string contentType) =>
        opened.IsSuccess ? FileDownload.Of(opened.Value, context, contentType, fileName) : opened.Error.ToHttp(context);
}
