using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mtl.Api;

/// <summary>A log line for every request: a warning when the server failed (5xx), information otherwise. Without the query, which may hold what is nobody's business.</summary>
public static partial class RequestLog
{
    public static void UseMtlRequestLog(this IApplicationBuilder app)
    {
        var logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("Mtl.Api.Requests");
        var time = app.ApplicationServices.GetRequiredService<TimeProvider>();
        app.Use(async (context, next) =>
        {
            var started = time.GetTimestamp();
            try
            {
                await next(context);
            }
            finally
            {
                var level = context.Response.StatusCode >= StatusCodes.Status500InternalServerError ? LogLevel.Warning : LogLevel.Information;
                if (logger.IsEnabled(level))
                {
                    var path = context.Request.Path.ToUriComponent();
                    var milliseconds = time.GetElapsedTime(started).TotalMilliseconds;
                    LogAnswered(logger, level, context.TraceIdentifier, context.Request.Method, path, context.Response.StatusCode, milliseconds);
                }
            }
        });
    }

    [LoggerMessage("Request {RequestId}: {Method} {Path} answered {Status} after {Milliseconds:0.0} ms.")]
    private static partial void LogAnswered(ILogger logger, LogLevel level, string requestId, string method, string path, int status, double milliseconds);
}
