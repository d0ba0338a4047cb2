#if !ORLEANS_PACKAGES
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mtl.LocalSilo;
using Orleans;
using Orleans.Runtime;

namespace Mtl.Grains.Tests.Hosting;

/// <summary>Grains on a local silo, which copies (and thereby checks) [Immutable] values too, as calls between machines would.</summary>
internal sealed class LocalGrainHost(Action<IServiceCollection> configure, Assembly[] grainAssemblies) : GrainHost
{
    private IHost? _host;

    public override IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public override IServiceProvider Services => _host?.Services ?? throw new InvalidOperationException("The host has been stopped.");

    public override Task DeactivateAsync(IAddressable grain) => Services.GetRequiredService<ILocalSilo>().DeactivateAsync(grain);

    protected override async Task StartAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLocalSilo(options =>
        {
            options.GrainAssemblies.UnionWith(grainAssemblies);
            options.TrustImmutable = false;
        });
        configure(builder.Services);
        _host = builder.Build();
        await _host.StartAsync();
    }

    protected override async Task StopAsync(bool gracefully)
    {
        if (_host is null) return;
        try
        {
            await _host.StopAsync(new CancellationToken(canceled: !gracefully));
        }
        catch (OperationCanceledException) when (!gracefully)
        {
            // The host says that it was not given the time to stop, which is what was asked for.
        }

        _host.Dispose();
        _host = null;
    }
}
#endif
