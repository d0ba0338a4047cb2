using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mtl.Host.Operations;

/// <summary>
/// What a process watcher asks. <c>/health/live</c>: the process answers requests. <c>/health/ready</c>: it can serve them; otherwise 503 with a line per part that can't
/// (<c>store: the store can't be read: …</c>).
/// </summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void AddMtlHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<StoreHealth>("store", timeout: Patience)
        .AddCheck<SiloHealth>("silo", timeout: Patience);

    /// <summary>Answered before anything else is asked, the store for who calls among it: what is broken must not keep these from saying so.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = (context, _) => context.Response.WriteAsync("live") }).AllowAnonymous().ShortCircuit();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = (context, report) => context.Response.WriteAsync(Text(report)) }).AllowAnonymous().ShortCircuit();
    }

    private static string Text(HealthReport report) => report.Status == HealthStatus.Healthy
        ? "ready"
        : string.Join('\n', report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy).Select(entry => $"{entry.Key}: {entry.Value.Description}").Prepend("not ready"));
}
