using Mtl.Tracking.Runs;

namespace Mtl.Host;

/// <summary>What a process watcher asks.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("live")).ExcludeFromDescription();
        routes.MapGet("/health/ready", async (IRunStore runs, TimeProvider time, CancellationToken cancellation) =>
        {
            await runs.ListUnattendedAsync(time.GetUtcNow(), cancellation);
            return Results.Text("ready");
        }).ExcludeFromDescription();
    }
}
