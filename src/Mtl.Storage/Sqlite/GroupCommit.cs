using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Mtl.Core;
using SQLitePCL;

namespace Mtl.Storage.Sqlite;

/// <summary>
/// Writes on one connection, on one thread. All that wait are committed together, so that one flush to disk serves them all; each runs in a savepoint of its own, so that one that fails undoes
/// nothing of the others. A write's task completes after the flush.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    private const int MostWrites = 256;

    /// <summary>A group takes no more writes after this time, so that the first of them does not wait for long.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromMilliseconds(40);

    private readonly SqliteConnection connection;
    private readonly BlockingCollection<Waiting> queue = [];
    private readonly Thread thread;

    /// <param name="connection">Used by this alone from now on, and disposed with it.</param>
    public GroupCommit(SqliteConnection connection)
    {
        this.connection = connection;
        thread = new Thread(Run) { Name = "SQLite writer", IsBackground = true };
        thread.Start();
    }

    public Task<T> RunAsync<T>(Func<DbConnection, T> write, CancellationToken cancellation)
    {
        var waiting = new Waiting<T>(write, cancellation);
        queue.Add(waiting, CancellationToken.None);
        return waiting.Task;
    }

    /// <summary>Finishes what waits, then closes the connection.</summary>
    public void Dispose()
    {
        queue.CompleteAdding();
        thread.Join();
        queue.Dispose();
        connection.Dispose();
    }

    private void Run()
    {
        var group = new List<Waiting>();
        foreach (var first in queue.GetConsumingEnumerable())
        {
            group.Clear();
            try
            {
                WriteGroup(first, group);
            }
            catch (SqliteException e)
            {
                if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
                    _ = raw.sqlite3_exec(connection.Handle, "ROLLBACK");
                foreach (var waiting in group)
                    waiting.Fail(e);
                continue;
            }

            foreach (var waiting in group)
                waiting.Complete();
        }
    }

    private void WriteGroup(Waiting first, List<Waiting> group)
    {
        var began = Stopwatch.GetTimestamp();
        group.Add(first);
        Execute("BEGIN IMMEDIATE");
        WriteOne(first);
        while (group.Count < MostWrites && Stopwatch.GetElapsedTime(began) < MostTime && queue.TryTake(out var next))
        {
            group.Add(next);
            WriteOne(next);
        }

        Execute("COMMIT");
        StoreMeter.Committed(group.Count, Stopwatch.GetElapsedTime(began));
    }

    private void WriteOne(Waiting waiting)
    {
        Execute("SAVEPOINT one");
        if (!waiting.Run(connection))
        {
            // Where SQLite itself has undone the whole transaction (the disk is full), the whole group fails with that error.
            if (raw.sqlite3_get_autocommit(connection.Handle) != 0 && waiting.Thrown is SqliteException undone)
                throw undone;
            Execute("ROLLBACK TO one");
        }

        Execute("RELEASE one");
    }

    private void Execute(string sql)
    {
        var result = raw.sqlite3_exec(connection.Handle, sql);
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, connection.Handle);
    }

    /// <summary>A write in the queue.</summary>
    private abstract class Waiting
    {
        public Exception? Thrown { get; protected set; }

        /// <summary>Whether what was written is to be kept.</summary>
        public abstract bool Run(DbConnection connection);

        public abstract void Complete();

        public abstract void Fail(Exception exception);
    }

    private sealed class Waiting<T>(Func<DbConnection, T> write, CancellationToken cancellation) : Waiting
    {
        private readonly TaskCompletionSource<T> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? written;

        public Task<T> Task => source.Task;

        public override bool Run(DbConnection connection)
        {
            try
            {
                cancellation.ThrowIfCancellationRequested();
                written = write(connection);
                return written is not IOutcome { IsSuccess: false };
            }
            catch (Exception e)
            {
                Thrown = e;
                return false;
            }
        }

        public override void Complete()
        {
            if (Thrown is null)
                source.SetResult(written!);
            else
                Fail(Thrown);
        }

        public override void Fail(Exception exception)
        {
            if ((Thrown ?? exception) is OperationCanceledException cancelled)
                source.SetCanceled(cancelled.CancellationToken);
            else
                source.SetException(Thrown ?? exception);
        }
    }
}
