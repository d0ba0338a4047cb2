using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Mtl.Grains.Tests.Hosting;

/// <summary>
/// Grains running, on whichever silo this build has: the local one, or a cluster of Orleans. Tests of grains are written against this alone.
/// References belong to the host that made them: take them anew from <see cref="Grains"/> after a restart.
/// </summary>
internal abstract class GrainHost : IAsyncDisposable
{
    /// <summary>Makes references to grains.</summary>
    public abstract IGrainFactory Grains { get; }

    /// <summary>The services of the silo, those that <c>configure</c> registered among them.</summary>
    public abstract IServiceProvider Services { get; }

    /// <summary>Starts a host.</summary>
    /// <param name="configure">Registers the services that the grains need; called anew at each restart, so what has to outlive one is made outside.</param>
    /// <param name="grainAssemblies">The assemblies that hold the grain classes; Orleans finds all that the test project references by itself.</param>
    public static async Task<GrainHost> StartAsync(Action<IServiceCollection> configure, params Assembly[] grainAssemblies)
    {
#if ORLEANS_PACKAGES
        var host = new ClusterGrainHost(configure);
#else
        var host = new LocalGrainHost(configure, grainAssemblies);
#endif
        await host.StartAsync();
        return host;
    }

    /// <summary>
    /// Stops the silo and starts another over the same configuration. With <paramref name="gracefully"/> the grains are deactivated first;
    /// without, they are dropped as they are, as when the process is killed: all that Orleans still does is to deactivate them with a token that is cancelled already.
    /// </summary>
    public async Task RestartAsync(bool gracefully = true)
    {
        await StopAsync(gracefully);
        await StartAsync();
    }

    /// <summary>Ends the grain's activation; the next call makes a new one.</summary>
    public abstract Task DeactivateAsync(IAddressable grain);

    public async ValueTask DisposeAsync() => await StopAsync(gracefully: true);

    protected abstract Task StartAsync();

    protected abstract Task StopAsync(bool gracefully);
}
