using System.Runtime.ExceptionServices;
using Mtl.LocalSilo.Hosting;

namespace Mtl.LocalSilo.Streams;

/// <summary>The consumer's side of a stream: asks for the next batch when the last one is used up.</summary>
internal sealed class GrainStreamReader<T> : IAsyncEnumerator<T>
{
    private readonly StreamSession<T> _session;
    private readonly Silo _silo;
    private readonly int _maxBatchSize;
    private readonly CancellationTokenSource _cancellation;
    private StreamBatch<T> _batch = StreamBatch<T>.Empty;
    private int _index = -1;

    public GrainStreamReader(StreamSession<T> session, Silo silo, int maxBatchSize, CancellationToken callToken, CancellationToken readToken)
    {
        (_session, _silo, _maxBatchSize) = (session, silo, maxBatchSize);
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(callToken, readToken);
    }

    public T Current => _batch.Items[_index];

    public async ValueTask<bool> MoveNextAsync()
    {
        _cancellation.Token.ThrowIfCancellationRequested();
        while (++_index >= _batch.Items.Count)
        {
            if (_batch.Error is { } error) ExceptionDispatchInfo.Throw(error);
            if (_batch.IsLast) return false;
            _batch = await _session.PullAsync(_maxBatchSize).WaitAsync(_cancellation.Token).ConfigureAwait(false);
            _index = -1;
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        _cancellation.Dispose();
        if (_batch.IsLast) return;
        await _session.CloseAsync().WaitAsync(_silo.Options.ResponseTimeout, _silo.Time).ConfigureAwait(false);
    }
}
