using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mtl.LocalSilo.Hosting;
using Orleans;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Tests.Hosting;

/// <summary>A running silo over the grains of this assembly.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private readonly IHost _host;

    private TestSilo(IHost host) => _host = host;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public ILocalSilo Silo => _host.Services.GetRequiredService<ILocalSilo>();

    /// <summary>Completes when the grain's present activations have ended.</summary>
    public Task Ended(GrainId id) => Task.WhenAll(((Silo)Silo).Catalog.ActivationsOf(id).Select(activation => activation.Deactivated));

    /// <summary>Waits until the grain has taken the turns that are queued now, without calling it (a call would count as use).</summary>
    public async Task Settle(GrainId id)
    {
        foreach (var activation in ((Silo)Silo).Catalog.ActivationsOf(id)) await activation.Turns.Run(() => Task.CompletedTask);
    }

    public LogRecorder Log => _host.Services.GetRequiredService<LogRecorder>();

    public static async Task<TestSilo> StartAsync(Action<LocalSiloOptions>? options = null, TimeProvider? time = null, Action<IServiceCollection>? services = null)
    {
        var silo = Build(options, time, services);
        await silo._host.StartAsync();
        return silo;
    }

    /// <summary>A silo that isn't started.</summary>
    public static TestSilo Build(Action<LocalSiloOptions>? options = null, TimeProvider? time = null, Action<IServiceCollection>? services = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<LogRecorder>();
        builder.Services.AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<LogRecorder>());
        if (time is not null) builder.Services.AddSingleton(time);
        services?.Invoke(builder.Services);
        builder.Services.AddLocalSilo(silo =>
        {
            silo.GrainAssemblies.Add(typeof(TestSilo).Assembly);
            options?.Invoke(silo);
        });
        return new TestSilo(builder.Build());
    }

    public Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
