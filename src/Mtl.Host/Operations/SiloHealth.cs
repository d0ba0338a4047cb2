using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mtl.Grains;
using Mtl.Grains.Contracts;
using Orleans;

namespace Mtl.Host.Operations;

/// <summary>Whether this process' silo has started, is not stopping, and a grain answers.</summary>
internal sealed class SiloHealth(IGrainFactory grains, GrainsOptions options, IHostApplicationLifetime lifetime) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return HealthCheckResult.Unhealthy("the server is stopping");
        if (!lifetime.ApplicationStarted.IsCancellationRequested)
            return HealthCheckResult.Unhealthy("the silo is starting");
        try
        {
            await grains.GetGrain<ITrainingSlotsGrain>(options.SiloName).Describe().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy($"no grain has answered within {context.Registration.Timeout.TotalSeconds:0} s");
        }
#pragma warning disable CA1031 // Whatever keeps grains from answering is what this check is there to tell.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return HealthCheckResult.Unhealthy($"no grain answers: {e.Message}");
        }
    }
}
