using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Mtl.LocalSilo.Activations;
using Mtl.LocalSilo.Calls;
using Mtl.LocalSilo.Copying;
using Mtl.LocalSilo.Hosting;
using Mtl.LocalSilo.Types;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Streams;

/// <summary>
/// The grain's side of a stream: its iterator moves in turns of the grain, beside other requests, and only when the consumer asks. It ends
/// with the iterator, when the consumer closes it or hasn't asked for the response timeout, and with the activation.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "The iterator may hold the token for longer; a source without a timer holds nothing.")]
internal sealed partial class StreamSession<T> : IActivationPart
{
    private readonly Silo _silo;
    private readonly CallAddress _address;
    private readonly GrainMethod _method;
    private readonly object?[] _arguments;
    private readonly CancellationTokenSource _cancellation = new();
    private volatile Activation? _activation;
    private volatile bool _isAbandoned;
    private IAsyncEnumerator<T>? _elements;
    private Task<bool>? _moving;
    private Task _filling = Task.CompletedTask;
    private ITimer? _expiry;
    private string? _whyClosed;

    public StreamSession(Silo silo, CallAddress address, GrainMethod method, object?[] arguments)
    {
        (_silo, _address, _method) = (silo, address, method);
        _arguments = [.. arguments];
        if (method.TokenIndex >= 0) _arguments[method.TokenIndex] = _cancellation.Token;
    }

    /// <summary>Asks for the elements that are ready, at most so many; waits for the first.</summary>
    public Task<StreamBatch<T>> PullAsync(int maxCount)
    {
        var pull = new Pull(this, maxCount);
        if (_activation is not { } activation) _address.Send(pull);
        else if (!activation.TryReceive(pull)) pull.Abort();
        return pull.Batch;
    }

    /// <summary>The consumer doesn't want more: cancels the iterator and lets it end.</summary>
    public Task CloseAsync()
    {
        _isAbandoned = true;
        return _activation is { } activation ? activation.Turns.Run(() => CloseInTurnAsync("its consumer closed it")) : Task.CompletedTask;
    }

    Task IActivationPart.EndAsync() => CloseInTurnAsync("its grain was deactivated");

    private async Task CloseInTurnAsync(string why)
    {
        if (_whyClosed is not null) return;
        _whyClosed = why;
        _expiry?.Dispose();
        try
        {
            Cancel();
            await _filling;
            if (_moving is { } moving)
                await ((Task)moving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (_elements is not null) await _elements.DisposeAsync();
        }
        catch (Exception exception)
        {
            LogCloseFailed(_silo.Logger, exception, _method.Name, _address);
        }

        _activation!.RemovePart(this);
    }

    /// <summary>Here and now: callbacks of the token are part of the turn.</summary>
    private void Cancel() => _cancellation.Cancel();

    private void Begin(Activation activation)
    {
        _activation = activation;
        activation.AddPart(this);
        _expiry = _silo.Time.CreateTimer(
            static session => ((StreamSession<T>)session!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _elements = ((IAsyncEnumerable<T>)_method.Invoke(activation.GrainInstance!, _arguments)!).GetAsyncEnumerator(_cancellation.Token);
    }

    private void Expire() =>
        _activation!.Turns.Run(() =>
            _filling.IsCompleted ? CloseInTurnAsync($"its consumer had not read for {_silo.Options.ResponseTimeout}") : Task.CompletedTask);

    private async Task<StreamBatch<T>> FillAsync(Activation activation, int maxCount)
    {
        List<T> items = [];
        try
        {
            if (_elements is null) Begin(activation);
            _expiry!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            while (items.Count < maxCount)
            {
                var moving = _moving ?? _elements!.MoveNextAsync().AsTask();
                _moving = moving.IsCompleted ? null : moving;
                if (_moving is not null && items.Count > 0) break;
                var isThere = await moving;
                _moving = null;
                if (!isThere) return new(items, IsLast: true);
                items.Add((T)_method.Result!.CopyObject(_elements!.Current, new CopyScope(_silo.Copiers))!);
            }

            if (_whyClosed is null) _expiry.Change(_silo.Options.ResponseTimeout, Timeout.InfiniteTimeSpan);
            return new(items, IsLast: false);
        }
        catch (Exception exception)
        {
            _moving = null;
            return new(items, IsLast: true, _whyClosed is null ? ExceptionCopier.CopyOf(exception, _silo.Copiers) : Aborted());
        }
    }

    private EnumerationAbortedException Aborted() =>
        new($"The stream of {_method.Name} of {_address} has ended early: {_whyClosed ?? "its grain was deactivated"}.");

    [LoggerMessage(Level = LogLevel.Error, Message = "Ending the stream of {Method} of {Grain} threw")]
    private static partial void LogCloseFailed(ILogger logger, Exception exception, string method, CallAddress grain);

    private sealed class Pull(StreamSession<T> session, int maxCount) : Request
    {
        private readonly TaskCompletionSource<StreamBatch<T>> _batch = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool Interleaves => true;

        public override bool IsOver => session._isAbandoned;

        public Task<StreamBatch<T>> Batch => _batch.Task;

        public override async Task RunAsync(Activation activation)
        {
            if (session._whyClosed is not null)
            {
                Abort();
                return;
            }

            var filling = session.FillAsync(activation, maxCount);
            session._filling = filling;
            var batch = await filling;
            if (batch.IsLast) await session.CloseInTurnAsync("it was read to its end");
            _batch.TrySetResult(batch);
        }

        public override void Fail(Exception exception) => _batch.TrySetException(ExceptionCopier.CopyOf(exception, session._silo.Copiers));

        public override void Return(Silo silo)
        {
            if (session._activation is null) session._address.Send(this);
            else Abort();
        }

        public void Abort() => _batch.TrySetException(session.Aborted());
    }
}
