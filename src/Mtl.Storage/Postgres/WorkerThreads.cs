using System.Collections.Concurrent;

namespace Mtl.Storage.Postgres;

/// <summary>
/// Threads that wait for a server's answers, so that the thread pool's need not. Their number bounds how much is under way at once; what comes meanwhile queues. Thread-safe.
/// </summary>
internal sealed class WorkerThreads : IDisposable
{
    private readonly BlockingCollection<Action> queue = [];
    private readonly Thread[] threads;

    public WorkerThreads(string name, int count)
    {
        threads = [.. Enumerable.Range(1, count).Select(i => new Thread(Run) { Name = $"{name} {i}", IsBackground = true })];
        foreach (var thread in threads)
            thread.Start();
    }

    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        var source = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.Add(
            () =>
            {
                try
                {
                    cancellation.ThrowIfCancellationRequested();
                    source.SetResult(work());
                }
                catch (OperationCanceledException e)
                {
                    source.SetCanceled(e.CancellationToken);
                }
                catch (Exception e)
                {
                    source.SetException(e);
                }
            },
            CancellationToken.None);
        return source.Task;
    }

    /// <summary>Finishes what waits.</summary>
    public void Dispose()
    {
        queue.CompleteAdding();
        foreach (var thread in threads)
            thread.Join();
        queue.Dispose();
    }

    private void Run()
    {
        foreach (var work in queue.GetConsumingEnumerable())
            work();
    }
}
