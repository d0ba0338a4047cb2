using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mtl.Api;

/// <summary>
/// Each request has an id, in the answer's <c>X-Request-Id</c>, in error bodies and in the log. A client may give its own: 1 to 64 letters, digits, '-', '_' and '.'; anything else is replaced,
/// so that nothing foreign gets into a log or a header.
/// </summary>
public static class RequestIds
{
    private const string Header = "X-Request-Id";
    private const int MostCharacters = 64;

    private static readonly Func<ILogger, string, IDisposable?> Scope = LoggerMessage.DefineScope<string>("RequestId:{RequestId}");

    public static void UseMtlRequestIds(this IApplicationBuilder app)
    {
        var logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("Mtl.Api.Requests");
        app.Use(async (context, next) =>
        {
            if (context.Request.Headers[Header] is not [{ } given] || !IsUsable(given))
            {
                Answer(context);
                await next(context);
                return;
            }

            // The framework's own scope has been begun with the id that the server gave.
            using var scope = Scope(logger, given);
            context.TraceIdentifier = given;
            Answer(context);
            await next(context);
        });
    }

    /// <summary>Error handling clears what headers there are, so the id is put in last.</summary>
    private static void Answer(HttpContext context) => context.Response.OnStarting(
        static state =>
        {
            var started = (HttpContext)state;
            started.Response.Headers[Header] = started.TraceIdentifier;
            return Task.CompletedTask;
        },
        context);

    private static bool IsUsable(string id) => id.Length is > 0 and <= MostCharacters && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
