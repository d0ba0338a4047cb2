using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mtl.Api.Inference;
using Mtl.Api.Mlflow.Wire;
using Mtl.Core;
using Mtl.Tracking;

namespace Mtl.Api;

/// <summary>Turns what a request broke on into an answer in its API's form. What is the server's fault goes to the log with its details, under the request's id.</summary>
public static partial class ErrorHandling
{
    private const string Broken = "The server broke on this request.";

    /// <summary>ENOSPC.</summary>
    private const int NoSpaceOnUnix = 28;

    /// <summary>ERROR_DISK_FULL.</summary>
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    /// <summary>Where the framework reads multipart forms; what it throws is about the form.</summary>
    private const string FormReader = "Microsoft.AspNetCore.WebUtilities";

    public static void UseMtlErrors(this IApplicationBuilder app)
    {
        app.UseErrors("/api", (error, context) => error?.ToHttp(context) ?? HttpResults.Json(
            new ErrorBody("internal", Broken, "The server's log has the details under the request id.", "", context.TraceIdentifier), StatusCodes.Status500InternalServerError));
        app.UseErrors("/api/2.0", MlflowAnswer);
        app.UseErrors("/ajax-api", MlflowAnswer);
        app.UseErrors("/v2", (error, context) => error is not null
            ? ProtocolJson.Refusal(error)
            : ProtocolJson.Failure($"{Broken} Its log has the details under the request id {context.TraceIdentifier}.", StatusCodes.Status500InternalServerError));
    }

    private static IResult MlflowAnswer(Error? error, HttpContext context) => error is not null ? MlflowError.Of(error) : MlflowError.Broken(context.TraceIdentifier);

    /// <summary>Answers for the requests under a path; the error is null when the fault is the server's.</summary>
    private static void UseErrors(this IApplicationBuilder app, string path, Func<Error?, HttpContext, IResult> answer) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments(path),
        branch => branch.UseExceptionHandler(new ExceptionHandlerOptions
        {
            // The framework's own entry would lack the request's id.
            SuppressDiagnosticsCallback = _ => true,
            ExceptionHandler = context =>
            {
                var broken = context.Features.Get<IExceptionHandlerFeature>()?.Error;
                var error = ErrorOf(broken);
                if (error is null)
                {
                    var (logger, path) = (context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Mtl.Api.Errors"), context.Request.Path.ToUriComponent());
                    LogBroken(logger, broken, context.TraceIdentifier, context.Request.Method, path);
                }

                return answer(error, context).ExecuteAsync(context);
            },
        }));

    private static Error? ErrorOf(Exception? exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } large => Error.TooLarge(large.Message),
        BadHttpRequestException bad => Error.Invalid(TypedParameter().Replace(bad.Message, "'$1'")),
        { Source: FormReader } => Error.Invalid("The multipart request is not well formed, or it was cut off.", "Let the HTTP client write it, and send it again."),
        StoreException store => store.Error,
        IOException { HResult: NoSpaceOnUnix or NoSpaceOnWindows } => Error.Full(
            "The disk of the server's data folder is full: nothing more can be stored.", "Make room on it; the server goes on by itself as soon as there is some."),
        TimeoutException => Error.Unavailable("The server did not finish in time.", "Try again in a moment."),
        _ => null,
    };

    [LoggerMessage(LogLevel.Error, "Request {RequestId} ({Method} {Path}) broke.")]
    private static partial void LogBroken(ILogger logger, Exception? cause, string requestId, string method, string path);

    /// <summary>A parameter as the framework names it: <c>"Nullable&lt;int&gt; maximumPoints"</c>.</summary>
    [GeneratedRegex("\"[^\" ]+ (\\w+)\"")]
    private static partial Regex TypedParameter();
}
