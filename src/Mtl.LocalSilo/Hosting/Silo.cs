using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Mtl.LocalSilo.Activations;
using Mtl.LocalSilo.Calls;
using Mtl.LocalSilo.Copying;
using Mtl.LocalSilo.Types;
using Orleans;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Hosting;

/// <summary>The silo: its parts, and whether it runs.</summary>
internal sealed partial class Silo : ILocalSilo, IDisposable
{
    private readonly CancellationTokenSource _kill = new();
    private ITimer? _collector;
    private volatile Stage _stage = Stage.NotStarted;

    public Silo(IServiceProvider services, IOptions<LocalSiloOptions> options, TimeProvider time, ILogger<Silo> logger)
    {
        options.Value.Validate();
        (Services, Options, Time, Logger) = (services, options.Value, time, logger);
        Killed = _kill.Token;
        Copiers = new CopierTable(Options.TrustImmutable);
        Types = GrainTypes.Discover(Options.GrainAssemblies, Copiers);
        Catalog = new Catalog(this);
        Observers = new ObserverRegistry(this);
        References = new GrainReferences(this);
    }

    private enum Stage
    {
        NotStarted,
        Running,
        Stopping,
        Stopped,
    }

    public IServiceProvider Services { get; }

    public LocalSiloOptions Options { get; }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    public CopierTable Copiers { get; }

    public GrainTypes Types { get; }

    public Catalog Catalog { get; }

    public ObserverRegistry Observers { get; }

    public GrainReferences References { get; }

    public bool IsRunning => _stage == Stage.Running;

    /// <summary>Cancelled when grains aren't to be waited for any more.</summary>
    public CancellationToken Killed { get; }

    public IReadOnlyList<GrainId> Activations => [.. Catalog.Activations.Select(activation => activation.GrainId)];

    public void Start()
    {
        _stage = Stage.Running;
        _collector = Time.CreateTimer(_ => Collect(), null, Options.CollectionQuantum, Options.CollectionQuantum);
        LogStarted(Logger, Types.ClassCount, Options.ResponseTimeout);
    }

    /// <summary>Deactivates all grains and refuses new ones. When the token is cancelled, grains aren't waited for.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_stage is not Stage.Running) return;
        _stage = Stage.Stopping;
        await (_collector?.DisposeAsync() ?? default);
        using var killing = cancellationToken.UnsafeRegister(static kill => ((CancellationTokenSource)kill!).Cancel(), _kill);
        while (Catalog.Activations is { Count: > 0 } active)
        {
            var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo is stopping");
            foreach (var activation in active) activation.Deactivate(reason, CancellationToken.None);
            try
            {
                await Task.WhenAll(active.Select(activation => activation.Deactivated)).WaitAsync(_kill.Token);
            }
            catch (OperationCanceledException)
            {
                LogKilled(Logger, active.Count);
                break;
            }
        }

        _stage = Stage.Stopped;
    }

    public Task DeactivateAsync(IAddressable grain, CancellationToken cancellationToken = default)
    {
        var activations = Catalog.ActivationsOf(grain.GetGrainId());
        var reason = new DeactivationReason(DeactivationReasonCode.RuntimeRequested, "Asked for through ILocalSilo");
        foreach (var activation in activations) activation.Deactivate(reason, CancellationToken.None);
        return Task.WhenAll(activations.Select(activation => activation.Deactivated)).WaitAsync(cancellationToken);
    }

    public SiloUnavailableException Unavailable() => new(_stage switch
    {
        Stage.NotStarted => "The silo has not started yet: grains can be called once the host's services have started. "
            + "Register AddLocalSilo before the services that call grains as they start.",
        _ => "The silo is stopping or has stopped: no grain is activated any more.",
    });

    public void Dispose()
    {
        _collector?.Dispose();
        _kill.Dispose();
    }

    private void Collect()
    {
        foreach (var activation in Catalog.Activations) activation.CollectIfIdle(Options.CollectionAge);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Local silo runs: {Classes} grain classes, response timeout {ResponseTimeout}")]
    private static partial void LogStarted(ILogger logger, int classes, TimeSpan responseTimeout);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Local silo was told to stop at once: {Activations} grains were not waited for")]
    private static partial void LogKilled(ILogger logger, int activations);
}
