using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.Net.Sockets;
using Mtl.Core;
using Mtl.Storage.Relational;
using Mtl.Tracking;
using Npgsql;

namespace Mtl.Storage.Postgres;

/// <summary>
/// A PostgreSQL database. Reads and writes have threads and connections of their own, so that neither waits for the other's. A write is committed when its task completes, and on disk as far as
/// the server's <c>synchronous_commit</c> is on. A connection that the server has closed is replaced; while it can't be reached, everything is a <see cref="StoreException"/>. Thread-safe.
/// </summary>
internal sealed class PostgresDatabase : IDatabase
{
    private const int ReadingThreads = 8;
    private const int WritingThreads = 8;

    /// <summary>How often a write is begun at most when other transactions come between.</summary>
    private const int MostAttempts = 5;

    private readonly NpgsqlDataSource source;
    private readonly string shown;
    private readonly WorkerThreads readers = new("PostgreSQL reader", ReadingThreads);
    private readonly WorkerThreads writers = new("PostgreSQL writer", WritingThreads);

    private PostgresDatabase(NpgsqlDataSource source, string shown) => (this.source, this.shown) = (source, shown);

    public Dialect Dialect { get; } = new PostgresDialect();

    public string Shown => shown;

    /// <summary>Connects and brings the schema up to date, or says why that can't be; the error holds no secret of the connection string.</summary>
    public static Result<PostgresDatabase> Open(string connectionString) => Open(connectionString, Migration.Postgres);

    public static Result<PostgresDatabase> Open(string connectionString, IReadOnlyList<Migration> migrations)
    {
        StoredTypes.Register();
        var address = PostgresAddress.Parse(connectionString, ReadingThreads + WritingThreads + 2);
        if (!address.IsSuccess)
            return address.Error;

        var source = NpgsqlDataSource.Create(address.Value.ConnectionString);
        var upgraded = Upgrade(source, migrations, address.Value.Shown);
        if (upgraded.IsSuccess)
            return new PostgresDatabase(source, address.Value.Shown);

        source.Dispose();
        return upgraded.Error;
    }

    public Task<T> ReadAsync<T>(Func<DbConnection, T> read, CancellationToken cancellation) =>
        readers.RunAsync(() => Run(read, IsolationLevel.RepeatableRead, cancellation), cancellation);

    public Task<T> QueryAsync<T>(Func<DbConnection, T> query, CancellationToken cancellation) => readers.RunAsync(() => Run(query, null, cancellation), cancellation);

    public Task<T> WriteAsync<T>(Func<DbConnection, T> write, CancellationToken cancellation) =>
        writers.RunAsync(() => Write(write, cancellation), cancellation);

    public void Dispose()
    {
        readers.Dispose();
        writers.Dispose();
        source.Dispose();
    }

    private static Result<int> Upgrade(NpgsqlDataSource source, IReadOnlyList<Migration> migrations, string shown)
    {
        try
        {
            using var connection = source.OpenConnection();
            return PostgresSchema.Upgrade(connection, migrations, shown);
        }
        catch (Exception e) when (e is DbException or SocketException or TimeoutException && PostgresFailures.Explain(e, shown) is { } error)
        {
            return error;
        }
    }

    private T Write<T>(Func<DbConnection, T> write, CancellationToken cancellation)
    {
        StoreMeter.Wait(1);
        try
        {
            var began = Stopwatch.GetTimestamp();
            var written = Run(write, IsolationLevel.ReadCommitted, cancellation);
            StoreMeter.Committed(writes: 1, Stopwatch.GetElapsedTime(began));
            return written;
        }
        finally
        {
            StoreMeter.Wait(-1);
        }
    }

    /// <param name="isolation">Null: without a transaction.</param>
    private T Run<T>(Func<DbConnection, T> work, IsolationLevel? isolation, CancellationToken cancellation)
    {
        var isReplaced = false;
        for (var attempt = 1; ; attempt++)
        {
            var isCommitting = false;
            try
            {
                return RunOnce(work, isolation, out isCommitting);
            }
            catch (Exception e) when (PostgresFailures.IsRepeatable(e) && attempt < MostAttempts)
            {
                cancellation.ThrowIfCancellationRequested();
            }
            catch (Exception e) when (PostgresFailures.IsBroken(e) && !isCommitting && !isReplaced)
            {
                // The pool may hold connections from before a restart of the server. What a lost commit did is not known, so that one is reported.
                isReplaced = true;
                source.Clear();
            }
            catch (Exception e) when (PostgresFailures.Explain(e, shown) is { } error)
            {
                throw new StoreException(error, e);
            }
        }
    }

    private T RunOnce<T>(Func<DbConnection, T> work, IsolationLevel? isolation, out bool isCommitting)
    {
        isCommitting = false;
        using var connection = source.OpenConnection();
        if (isolation is null)
            return work(connection);
        using var transaction = connection.BeginTransaction(isolation.Value);
        var value = work(connection);
        if (value is IOutcome { IsSuccess: false })
            return value;
        isCommitting = true;
        transaction.Commit();
        return value;
    }
}
