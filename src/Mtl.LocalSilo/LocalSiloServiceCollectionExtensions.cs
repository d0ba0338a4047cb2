using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Mtl.LocalSilo.Hosting;
using Orleans;

namespace Mtl.LocalSilo;

/// <summary>Puts a local silo into a host.</summary>
public static class LocalSiloServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="IGrainFactory"/>, <see cref="ILocalSilo"/> and the hosted service that starts the silo with the host and, when the
    /// host stops, deactivates all grains. Time comes from the registered <see cref="TimeProvider"/>, or the system's.
    /// Hosted services registered after this call may call grains while they start.
    /// </summary>
    public static IServiceCollection AddLocalSilo(this IServiceCollection services, Action<LocalSiloOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Silo>();
        services.TryAddSingleton<ILocalSilo>(provider => provider.GetRequiredService<Silo>());
        services.TryAddSingleton<IGrainFactory>(provider => provider.GetRequiredService<Silo>().References);
        services.AddHostedService<SiloService>();
        return services;
    }
}
