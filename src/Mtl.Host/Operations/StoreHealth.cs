using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mtl.Tracking.Runs;

namespace Mtl.Host.Operations;

/// <summary>Whether the store answers a read.</summary>
internal sealed class StoreHealth(IRunStore runs) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await runs.GetAsync("health", cancellationToken).WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy($"the store has not answered within {context.Registration.Timeout.TotalSeconds:0} s");
        }
#pragma warning disable CA1031 // Whatever keeps the store from answering is what this check is there to tell.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return HealthCheckResult.Unhealthy($"the store can't be read: {e.Message}");
        }
    }
}
