using System.Reflection;
using Mtl.Api.Authentication;
using Mtl.Core;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Mtl.Host.Operations;

/// <summary>
/// Meters and traces of the process, by OpenTelemetry: <c>GET /metrics</c> as Prometheus' text always, OTLP to a collector when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> (or the endpoint of one signal)
/// is set. Every other <c>OTEL_…</c> setting of the standard holds too.
/// </summary>
internal static class Telemetry
{
    private const string Everything = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string MetricsAlone = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
    private const string TracesAlone = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

    private static readonly string[] Meters =
    [
        "Mtl.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Components.Server.Circuits", "Microsoft.AspNetCore.RateLimiting", "System.Runtime", "Npgsql",
    ];

    private static readonly string[] Sources = ["Mtl.*", "Npgsql"];

    /// <summary>Why the settings can't be used; null when they can.</summary>
    public static Error? Refuse(Func<string, string?> setting) => (from name in (string[])[Everything, MetricsAlone, TracesAlone]
                                                                  let value = setting(name)
                                                                  where !string.IsNullOrEmpty(value) && !IsHttp(value)
                                                                  select Error.Invalid(
                                                                      $"The setting {name} is '{value}', which is no address of a collector; http://host:4318 and https://host:4318 are possible.",
                                                                      "Correct it, or unset it to send nothing.")).FirstOrDefault();

    public static void AddMtlTelemetry(this WebApplicationBuilder builder)
    {
        var version = typeof(Telemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("mtl", serviceVersion: version).AddEnvironmentVariableDetector());
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(Meters).AddPrometheusExporter(options =>
            {
                options.ScopeInfoEnabled = false;
                options.ScrapeResponseCacheDurationMilliseconds = 0;
            });
            if (IsSet(builder.Configuration, MetricsAlone))
                metrics.AddOtlpExporter();
        });
        if (IsSet(builder.Configuration, TracesAlone))
            telemetry.WithTracing(traces => traces.AddSource(Sources).AddAspNetCoreInstrumentation().AddOtlpExporter());
        builder.Services.AddSingleton<RunCounts>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RunCounts>());
    }

    /// <summary>Maps <c>GET /metrics</c>.</summary>
    public static void MapMtlMetrics(this IEndpointRouteBuilder routes) => routes.MapPrometheusScrapingEndpoint("/metrics")
        .WithMetadata(GateRule.Operations);

    private static bool IsSet(IConfiguration configuration, string signal) => !string.IsNullOrEmpty(configuration[Everything]) || !string.IsNullOrEmpty(configuration[signal]);

    private static bool IsHttp(string value) => Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
}
