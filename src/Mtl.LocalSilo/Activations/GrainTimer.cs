using Microsoft.Extensions.Logging;
using Mtl.LocalSilo.Hosting;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Activations;

/// <summary>A timer of an activation. Each tick is a request; the next is timed from the end of the one before.</summary>
internal sealed partial class GrainTimer : IGrainTimer, IActivationPart
{
    private readonly Lock _gate = new();
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly ILogger _logger;
    private readonly Tick _tick;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stopped = new();
    private TimeSpan _period;
    private int _changes;
    private bool _isTicking;
    private bool _isDueAgain;
    private bool _disposed;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options, ILogger logger)
    {
        (_activation, _callback, _logger) = (activation, callback, logger);
        Check(options.DueTime, options.Period);
        _tick = new Tick(this, options);
        var suppressed = ExecutionContext.IsFlowSuppressed();
        var flow = suppressed ? default : ExecutionContext.SuppressFlow();
        try
        {
            _timer = activation.Silo.Time.CreateTimer(static timer => ((GrainTimer)timer!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            if (!suppressed) flow.Undo();
        }
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, period);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _period = period;
            _changes++;
            _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            _timer.Dispose();
        }

        _activation.RemovePart(this);
        _stopped.Cancel();
    }

    public Task EndAsync()
    {
        try
        {
            Dispose();
        }
        catch (AggregateException exception)
        {
            LogTickFailed(exception, _activation.GrainId);
        }

        return Task.CompletedTask;
    }

    private static void Check(TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero && dueTime != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(dueTime), dueTime, "Allowed are zero (at once), any time above it, and Timeout.InfiniteTimeSpan (never).");
        if (period <= TimeSpan.Zero && period != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(period), period, "Allowed are any time above zero and Timeout.InfiniteTimeSpan (one tick only).");
    }

    private void Fire()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _isDueAgain = _isTicking;
            if (_isTicking) return;
            _isTicking = true;
        }

        _activation.TryReceive(_tick);
    }

    private async Task TickAsync()
    {
        int changes;
        lock (_gate) changes = _changes;
        try
        {
            if (!_disposed) await _callback(_stopped.Token);
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            LogTickFailed(exception, _activation.GrainId);
        }

        bool again;
        lock (_gate)
        {
            again = _isDueAgain && !_disposed;
            (_isTicking, _isDueAgain) = (false, false);
            if (!_disposed && changes == _changes) _timer.Change(_period, Timeout.InfiniteTimeSpan);
        }

        if (again) Fire();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A timer of {Grain} threw; the timer goes on")]
    private partial void LogTickFailed(Exception exception, GrainId grain);

    private sealed class Tick(GrainTimer timer, GrainTimerCreationOptions options) : Request
    {
        public override bool Interleaves => options.Interleave;

        public override bool KeepsAlive => options.KeepAlive;

        public override bool IsOver => timer._disposed;

        public override Task RunAsync(Activation activation) => timer.TickAsync();

        public override void Fail(Exception exception)
        {
        }

        public override void Return(Silo silo)
        {
        }
    }
}
