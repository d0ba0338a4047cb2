using Mtl.Grains;
#if ORLEANS_PACKAGES
using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;
using Orleans.Hosting;
#else
using Mtl.LocalSilo;
#endif

namespace Mtl.Host.Silo;

/// <summary>Hosts the grains: in Microsoft Orleans where its packages are built in, in the local silo otherwise. The only code that knows.</summary>
internal static class SiloWiring
{
#if ORLEANS_PACKAGES
    /// <summary>
    /// Configuration (environment variables with <c>__</c> for <c>:</c>): <c>Orleans:Clustering</c> is <c>localhost</c> (default) or <c>postgresql</c>, the latter with
    /// <c>Orleans:ConnectionString</c>; <c>Orleans:ClusterId</c>, <c>Orleans:ServiceId</c>, <c>Orleans:SiloPort</c>, <c>Orleans:GatewayPort</c>
    /// (11111 and 30000 in a cluster, free ones otherwise).
    /// </summary>
    public static void AddMtlSilo(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection("Orleans");
        var isCluster = settings["Clustering"] == "postgresql";
        var siloPort = settings.GetValue<int?>("SiloPort") ?? (isCluster ? 11111 : FreePort());
        var gatewayPort = settings.GetValue<int?>("GatewayPort") ?? (isCluster ? 30000 : FreePort());
        // All it warns of is that the server's garbage collector is off; the platform shares its machine with training, so that stays off.
        builder.Logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
        // Its first check takes the time since the machine's start for the time since its last one.
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        builder.Host.UseOrleans(silo =>
        {
            if (isCluster)
            {
                silo.UseAdoNetClustering(options =>
                {
                    options.Invariant = "Npgsql";
                    options.ConnectionString = settings["ConnectionString"];
                });
                silo.ConfigureEndpoints(siloPort, gatewayPort);
            }
            else
            {
                silo.UseLocalhostClustering(siloPort, gatewayPort);
            }

            silo.Configure<ClusterOptions>(options =>
            {
                options.ClusterId = settings["ClusterId"] ?? "mtl";
                options.ServiceId = settings["ServiceId"] ?? "mtl";
            });
        });
        builder.Services.AddSingleton(new GrainsOptions { IsOnlyProcess = !isCluster });
    }

    /// <summary>Servers on different data folders run side by side on one machine.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
#else
    public static void AddMtlSilo(this WebApplicationBuilder builder)
    {
        builder.Services.AddLocalSilo(options => options.GrainAssemblies.Add(typeof(RunGrain).Assembly));
        builder.Services.AddSingleton(new GrainsOptions { IsOnlyProcess = true });
    }
#endif
}
