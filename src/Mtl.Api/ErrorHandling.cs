using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Mtl.Core;

namespace Mtl.Api;

/// <summary>Turns what a request broke on into an answer in the API's form. Details go to the log, under the request's id.</summary>
public static class ErrorHandling
{
    public static void UseMtlErrors(this IApplicationBuilder app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments("/api"),
        branch => branch.UseExceptionHandler(handler => handler.Run(context =>
        {
            var error = context.Features.Get<IExceptionHandlerFeature>()?.Error switch
            {
                BadHttpRequestException bad => bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? Error.TooLarge(bad.Message) : Error.Invalid(bad.Message),
                TimeoutException => Error.Unavailable("The server did not finish in time.", "Try again in a moment."),
                _ => null,
            };
            return error is not null
                ? error.ToHttp(context).ExecuteAsync(context)
                : HttpResults.Json(new ErrorBody("internal", "The server broke on this request.", "The server's log has the details under the request id.", "", context.TraceIdentifier), StatusCodes.Status500InternalServerError)
                    .ExecuteAsync(context);
        })));
}
