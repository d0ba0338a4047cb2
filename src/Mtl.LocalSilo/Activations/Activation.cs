using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mtl.LocalSilo.Hosting;
using Mtl.LocalSilo.Types;
using Orleans;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Activations;

/// <summary>
/// A grain in memory. Its life: activating → active → deactivating → ended. Requests are admitted while it is active; those that wait when it
/// ends go on to the next activation.
/// </summary>
internal sealed partial class Activation : IGrainContext, IRequestTarget
{
    [ThreadStatic]
    private static Activation? _constructing;

    private readonly Lock _gate = new();
    private readonly RequestQueue _requests;
    private readonly GrainClass _class;
    private readonly Action<Activation> _onEnd;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<IActivationPart> _parts = [];
    private AsyncServiceScope? _services;
    private State _state = State.Activating;
    private DeactivationReason? _reason;
    private long _lastUsed;
    private DateTimeOffset _keepUntil = DateTimeOffset.MinValue;

    public Activation(GrainId id, GrainClass grainClass, Silo silo, Action<Activation> onEnd)
    {
        (GrainId, Silo, _class, _onEnd, _logger) = (id, silo, grainClass, onEnd, silo.Logger);
        _requests = new RequestQueue(grainClass.IsReentrant);
        _lastUsed = silo.Time.GetTimestamp();
        Turns = new TurnScheduler(id.ToString(), silo.Options.TurnWarningLength, silo.Time, silo.Logger);
    }

    private enum State
    {
        Activating,
        Active,
        Deactivating,
        Ended,
    }

    /// <summary>The activation whose grain is being made on this thread.</summary>
    public static Activation? Constructing => _constructing;

    public GrainId GrainId { get; }

    public Silo Silo { get; }

    public TurnScheduler Turns { get; }

    public object? GrainInstance { get; private set; }

    public IServiceProvider ActivationServices => _services?.ServiceProvider ?? throw new InvalidOperationException($"{GrainId} isn't made yet.");

    public Task Deactivated => _deactivated.Task;

    public IReadOnlyList<Activation> Activations => [this];

    /// <summary>Requests that run or wait.</summary>
    public int Load
    {
        get { lock (_gate) return _requests.Count; }
    }

    /// <summary>The activation of a grain; an error if the object was made by anybody but the runtime.</summary>
    public static Activation Of(IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain.GrainContext as Activation
            ?? throw new InvalidOperationException($"{grain.GetType().FullName} was not made by the silo, so it has no activation. Get grains from {nameof(IGrainFactory)}.");
    }

    public void Start() => Turns.Run(ActivateAsync);

    public bool TryReceive(Request request)
    {
        lock (_gate)
        {
            if (_state == State.Ended) return false;
            _requests.Add(request);
            Admit();
        }

        return true;
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_reason is not null || _state == State.Ended) return;
            _reason = deactivationReason;
            if (_state == State.Active) BeginDeactivation();
        }
    }

    /// <summary>Ends the activation if nobody has used it for <paramref name="age"/>.</summary>
    public void CollectIfIdle(TimeSpan age)
    {
        lock (_gate)
        {
            if (_state != State.Active || !_requests.IsEmpty || _keepUntil > Silo.Time.GetUtcNow() || Silo.Time.GetElapsedTime(_lastUsed) < age) return;
        }

        Deactivate(new(DeactivationReasonCode.ActivationIdle, $"Not used for {age}"));
    }

    public void DelayCollection(TimeSpan time)
    {
        lock (_gate)
        {
            _keepUntil = time == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue
                : time <= TimeSpan.Zero ? DateTimeOffset.MinValue
                : Silo.Time.GetUtcNow() + time;
        }
    }

    public GrainTimer AddTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var timer = new GrainTimer(this, callback, options, _logger);
        AddPart(timer);
        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    /// <summary>Ties something to this activation, so that it ends with it.</summary>
    public void AddPart(IActivationPart part)
    {
        lock (_gate)
        {
            if (_state == State.Ended) throw new InvalidOperationException($"{GrainId} has been deactivated: {_reason}");
            _parts.Add(part);
        }
    }

    public void RemovePart(IActivationPart part)
    {
        lock (_gate) _parts.Remove(part);
    }

    /// <summary>Starts what may start. Under the gate.</summary>
    private void Admit()
    {
        while (_state == State.Active && _requests.Start() is { } request) Turns.Run(() => ServeAsync(request));
    }

    private async Task ServeAsync(Request request)
    {
        try
        {
            await request.RunAsync(this);
        }
        finally
        {
            lock (_gate)
            {
                _requests.Finish(request);
                if (request.KeepsAlive) _lastUsed = Silo.Time.GetTimestamp();
                if (_state == State.Deactivating && !_requests.IsRunning) _idle.TrySetResult();
                Admit();
            }
        }
    }

    private async Task ActivateAsync()
    {
        try
        {
            _services = Silo.Services.CreateAsyncScope();
            _constructing = this;
            try
            {
                GrainInstance = _class.Create(_services.Value.ServiceProvider);
            }
            finally
            {
                _constructing = null;
            }

            using var timeout = new CancellationTokenSource(Silo.Options.ResponseTimeout, Silo.Time);
            await ((IGrainBase)GrainInstance).OnActivateAsync(timeout.Token);
        }
        catch (Exception exception)
        {
            LogActivationFailed(exception, GrainId);
            await EndAsync(request => request.Fail(exception));
            return;
        }

        lock (_gate)
        {
            _state = State.Active;
            _lastUsed = Silo.Time.GetTimestamp();
            if (_reason is null) Admit();
            else BeginDeactivation();
        }
    }

    /// <summary>From here on no request starts. Under the gate.</summary>
    private void BeginDeactivation()
    {
        _state = State.Deactivating;
        if (!_requests.IsRunning) _idle.TrySetResult();
        Turns.Run(DeactivateAsync);
    }

    private async Task DeactivateAsync()
    {
        await WithinLimitAsync("its timers, streams and running requests", _ => Task.WhenAll(EndPartsAsync(), _idle.Task));
        await WithinLimitAsync("OnDeactivateAsync", token => ((IGrainBase)GrainInstance!).OnDeactivateAsync(_reason!.Value, token));
        await EndAsync(request => request.Return(Silo));
    }

    private async Task WithinLimitAsync(string step, Func<CancellationToken, Task> action)
    {
        if (Silo.Killed.IsCancellationRequested) return;
        var limit = Silo.Options.DeactivationTimeout;
        using var timeout = new CancellationTokenSource(limit, Silo.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, Silo.Killed);
        try
        {
            await action(linked.Token).WaitAsync(linked.Token);
        }
        catch (OperationCanceledException) when (linked.IsCancellationRequested)
        {
            LogDeactivationCutShort(GrainId, step, limit);
        }
        catch (Exception exception)
        {
            LogDeactivationFailed(exception, GrainId, step);
        }
    }

    private async Task EndPartsAsync()
    {
        IActivationPart[] parts;
        lock (_gate)
        {
            parts = [.. _parts];
            _parts.Clear();
        }

        foreach (var part in parts) await part.EndAsync();
    }

    private async Task EndAsync(Action<Request> leave)
    {
        IReadOnlyList<Request> left;
        lock (_gate)
        {
            _state = State.Ended;
            left = _requests.Drain();
        }

        await EndPartsAsync();
        try
        {
            if (GrainInstance is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
            else (GrainInstance as IDisposable)?.Dispose();
            if (_services is { } scope) await scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            LogDeactivationFailed(exception, GrainId, "disposing of it");
        }

        _onEnd(this);
        foreach (var request in left) leave(request);
        _deactivated.TrySetResult();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Grain} could not be activated")]
    private partial void LogActivationFailed(Exception exception, GrainId grain);

    [LoggerMessage(Level = LogLevel.Error, Message = "Deactivating {Grain}: {Step} threw; it is deactivated all the same")]
    private partial void LogDeactivationFailed(Exception exception, GrainId grain, string step);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Deactivating {Grain}: did not wait for {Step}, because it took more than {Limit} or the silo was told to stop at once")]
    private partial void LogDeactivationCutShort(GrainId grain, string step, TimeSpan limit);
}
