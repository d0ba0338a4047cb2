using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Mtl.LocalSilo.Activations;
using Mtl.LocalSilo.Copying;
using Mtl.LocalSilo.Hosting;
using Mtl.LocalSilo.Types;

namespace Mtl.LocalSilo.Calls;

/// <summary>A method call on its way: its arguments are copied already, its response is copied in the callee's turn.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "The callee may hold the token for longer; a source without a timer holds nothing.")]
internal sealed partial class Call : Request
{
    private readonly Silo _silo;
    private readonly CallAddress _address;
    private readonly GrainMethod _method;
    private readonly object?[] _arguments;
    private readonly TaskCompletionSource<object?> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource? _calleeCancellation;
    private CancellationTokenRegistration _callerCancellation;
    private ITimer? _timeout;
    private TurnScheduler? _turns;

    public Call(Silo silo, CallAddress address, GrainMethod method, object?[] arguments)
    {
        (_silo, _address, _method, _arguments) = (silo, address, method, arguments);
        if (method.TokenIndex < 0) return;
        _calleeCancellation = new CancellationTokenSource();
        CallerToken = (CancellationToken)arguments[method.TokenIndex]!;
        arguments[method.TokenIndex] = _calleeCancellation.Token;
    }

    public override bool Interleaves => _method.Interleaves;

    public override bool IsReadOnly => _method.IsReadOnly;

    public override bool IsOver => _response.Task.IsCompleted && !_method.IsOneWay;

    private CancellationToken CallerToken { get; }

    /// <summary>Sends the call off; the response as it comes, or at once if nobody is to wait for it.</summary>
    public Task<object?> Send()
    {
        if (CallerToken.IsCancellationRequested) return Task.FromCanceled<object?>(CallerToken);
        if (_method.IsOneWay) _response.SetResult(null);
        else AwaitResponse();
        _address.Send(this);
        return _response.Task;
    }

    public override Task RunAsync(Activation activation) => RunAsync(activation.GrainInstance!, activation.Turns);

    /// <summary>Calls the method in a turn.</summary>
    public async Task RunAsync(object target, TurnScheduler turns)
    {
        Volatile.Write(ref _turns, turns);
        if (IsOver) return;
        try
        {
            var value = await _method.Return.ValueAsync(_method.Invoke(target, _arguments));
            if (!_method.IsOneWay) Respond(_method.Result?.CopyObject(value, new CopyScope(_silo.Copiers)));
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    public override void Fail(Exception exception)
    {
        if (_method.IsOneWay) LogOneWayFailed(_silo.Logger, exception, _method.Name, _address);
        else if (_response.TrySetException(ExceptionCopier.CopyOf(exception, _silo.Copiers))) Release();
    }

    public override void Return(Silo silo)
    {
        if (!IsOver) _address.Send(this);
    }

    private void AwaitResponse()
    {
        var timeout = _method.Timeout ?? _silo.Options.ResponseTimeout;
        var suppressed = ExecutionContext.IsFlowSuppressed();
        var flow = suppressed ? default : ExecutionContext.SuppressFlow();
        try
        {
            _timeout = _silo.Time.CreateTimer(static call => ((Call)call!).TimeOut(), this, timeout, Timeout.InfiniteTimeSpan);
            _callerCancellation = CallerToken.UnsafeRegister(static call => ((Call)call!).Cancel(), this);
        }
        finally
        {
            if (!suppressed) flow.Undo();
        }
    }

    private void TimeOut()
    {
        var timeout = _method.Timeout ?? _silo.Options.ResponseTimeout;
        Abandon(_response.TrySetException(new TimeoutException(
            $"{_method.Name} of {_address} did not respond within {timeout}. It may be long, stuck, or waiting for its own caller: "
            + "grains that call each other in a circle wait for ever unless the methods interleave.")));
    }

    private void Cancel() => Abandon(_response.TrySetCanceled(CallerToken));

    /// <summary>Nobody waits any more: the callee is told, in a turn of its own, through its token.</summary>
    private void Abandon(bool isFirst)
    {
        if (!isFirst) return;
        Release();
        if (_calleeCancellation is { } cancellation) Volatile.Read(ref _turns)?.Run(() => CancelCalleeAsync(cancellation));
    }

    private Task CancelCalleeAsync(CancellationTokenSource cancellation)
    {
        try
        {
            cancellation.Cancel();
        }
        catch (AggregateException exception)
        {
            LogCancellationFailed(_silo.Logger, exception, _method.Name, _address);
        }

        return Task.CompletedTask;
    }

    private void Respond(object? value)
    {
        if (_response.TrySetResult(value)) Release();
    }

    private void Release()
    {
        _timeout?.Dispose();
        _callerCancellation.Unregister();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "One-way call {Method} of {Callee} threw")]
    private static partial void LogOneWayFailed(ILogger logger, Exception exception, string method, CallAddress callee);

    [LoggerMessage(Level = LogLevel.Error, Message = "Cancelling {Method} of {Callee} threw")]
    private static partial void LogCancellationFailed(ILogger logger, Exception exception, string method, CallAddress callee);
}
