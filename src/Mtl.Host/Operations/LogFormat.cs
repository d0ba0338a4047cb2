using System.Text.Json;

namespace Mtl.Host.Operations;

/// <summary>How the server's log is written.</summary>
internal enum LogFormat
{
    /// <summary>For a person at a terminal: what needs attention.</summary>
    Text,

    /// <summary>For a log collector: a JSON object a line on standard output, every request and every start and end of a run among them, with the request's id and path as a scope.</summary>
    Json,
}

/// <summary>Sets the log up.</summary>
internal static class Logs
{
    public static void UseMtlLog(this ILoggingBuilder logging, LogFormat format)
    {
        logging.SetMinimumLevel(LogLevel.Warning);
        if (format == LogFormat.Text)
            return;

        logging.AddFilter("Mtl", LogLevel.Information);
        logging.AddJsonConsole(console =>
        {
            console.IncludeScopes = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            console.JsonWriterOptions = new JsonWriterOptions { Indented = false };
        });
    }
}
