using Microsoft.Extensions.Logging;

namespace Mtl.LocalSilo.Activations;

/// <summary>
/// The single thread of an activation: tasks queued here, and the continuations of their awaits, run on the thread pool in order and never
/// two at once.
/// </summary>
internal sealed partial class TurnScheduler(string owner, TimeSpan warningLength, TimeProvider time, ILogger logger) : TaskScheduler, IThreadPoolWorkItem
{
    private const int TurnsPerVisit = 64;

    [ThreadStatic]
    private static TurnScheduler? _onThisThread;

    private readonly Lock _gate = new();
    private readonly Queue<Task> _turns = [];
    private bool _visiting;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs an asynchronous function in turns of this scheduler, without what flows with the caller (AsyncLocal values).</summary>
    public Task Run(Func<Task> function)
    {
        var suppressed = ExecutionContext.IsFlowSuppressed();
        var flow = suppressed ? default : ExecutionContext.SuppressFlow();
        try
        {
            return Task.Factory.StartNew(function, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();
        }
        finally
        {
            if (!suppressed) flow.Undo();
        }
    }

    /// <summary>Takes some turns; called by the thread pool.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        var outer = _onThisThread;
        _onThisThread = this;
        try
        {
            for (var taken = 0; taken < TurnsPerVisit; taken++)
            {
                Task turn;
                lock (_gate)
                {
                    if (_turns.Count == 0)
                    {
                        _visiting = false;
                        return;
                    }

                    turn = _turns.Dequeue();
                }

                var start = time.GetTimestamp();
                TryExecuteTask(turn);
                var length = time.GetElapsedTime(start);
                if (length > warningLength) LogSlowTurn(owner, length.TotalMilliseconds, warningLength.TotalMilliseconds);
            }
        }
        finally
        {
            _onThisThread = outer;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    protected override void QueueTask(Task task)
    {
        lock (_gate)
        {
            _turns.Enqueue(task);
            if (_visiting) return;
            _visiting = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && _onThisThread == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate) return [.. _turns];
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "A turn of {Owner} took {Length:F0} ms, more than {Limit:F0} ms. Nothing else of the grain went on meanwhile: await, or move long computations off the grain's scheduler")]
    private partial void LogSlowTurn(string owner, double length, double limit);
}
