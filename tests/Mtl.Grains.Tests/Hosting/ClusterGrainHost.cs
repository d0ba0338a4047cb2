#if ORLEANS_PACKAGES
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Core.Internal;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace Mtl.Grains.Tests.Hosting;

/// <summary>
/// Grains on an Orleans cluster of one silo and a client of its own, so that every call is serialised. Orleans finds the grain classes of all
/// assemblies that the test project references by itself. A restart is a new cluster: grains keep nothing in it.
/// </summary>
internal sealed class ClusterGrainHost(Action<IServiceCollection> configure) : GrainHost
{
    private InProcessTestCluster? _cluster;

    public override IGrainFactory Grains => Cluster.Client;

    public override IServiceProvider Services => Cluster.Silos[0].ServiceProvider;

    private InProcessTestCluster Cluster => _cluster ?? throw new InvalidOperationException("The host has been stopped.");

    public override async Task DeactivateAsync(IAddressable grain) => await grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle();

    protected override async Task StartAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) => configure(silo.Services));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    protected override async Task StopAsync(bool gracefully)
    {
        if (_cluster is null) return;
        if (gracefully) await _cluster.StopAllSilosAsync();
        else await _cluster.KillSiloAsync(_cluster.Silos[0]);
        await _cluster.DisposeAsync();
        _cluster = null;
    }
}
#endif
