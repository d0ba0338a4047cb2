using Microsoft.Extensions.Hosting;

namespace Mtl.LocalSilo.Hosting;

/// <summary>Starts and stops the silo with the host.</summary>
internal sealed class SiloService(Silo silo) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        silo.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => silo.StopAsync(cancellationToken);
}
