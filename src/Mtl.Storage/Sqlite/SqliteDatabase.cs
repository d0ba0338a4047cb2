using System.Collections.Concurrent;
using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;
using Mtl.Core;

namespace Mtl.Storage.Sqlite;

/// <summary>
/// One SQLite file: one connection that writes, one transaction at a time, and as many that read as are needed at once; in write-ahead mode neither waits for the other.
/// A write is on disk when its task completes (<c>synchronous = FULL</c>: the log is fsynced at every commit). Thread-safe.
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    private const int BusyTimeoutSeconds = 10;

    private readonly string connectionString;
    private readonly SqliteConnection writer;
    private readonly SemaphoreSlim writing = new(1);
    private readonly ConcurrentBag<SqliteConnection> idleReaders = [];

    static SqliteDatabase() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    private SqliteDatabase(string connectionString, SqliteConnection writer) => (this.connectionString, this.writer) = (connectionString, writer);

    /// <summary>Opens the file, creates it when there is none, and brings its schema up to date.</summary>
    public static Result<SqliteDatabase> Open(string file) => Open(file, Migration.All);

    public static Result<SqliteDatabase> Open(string file, IReadOnlyList<Migration> migrations)
    {
        SqliteLibrary.Load();
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            ForeignKeys = true,
            Pooling = false,
            DefaultTimeout = BusyTimeoutSeconds,
        }.ToString();
        var writer = new SqliteConnection(connectionString);
        var opened = Prepare(writer, file, migrations);
        if (opened.IsSuccess)
            return new SqliteDatabase(connectionString, writer);

        writer.Dispose();
        return opened.Error;
    }

    /// <summary>Runs <paramref name="read"/> on a connection of its own, on the thread pool.</summary>
    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var reader = idleReaders.TryTake(out var idle) ? idle : OpenReader();
            try
            {
                return read(reader);
            }
            finally
            {
                idleReaders.Add(reader);
            }
        },
        cancellation);

    /// <summary>Runs <paramref name="write"/> as one transaction, on the thread pool: committed when it returns, undone when it throws.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellation)
    {
        StoreMeter.Wait(1);
        var isWriting = false;
        try
        {
            await writing.WaitAsync(cancellation).ConfigureAwait(false);
            isWriting = true;
            return await Task.Run(
                () =>
                {
                    var started = Stopwatch.GetTimestamp();
                    using var transaction = writer.BeginTransaction();
                    var written = write(writer);
                    transaction.Commit();
                    StoreMeter.Committed(writes: 1, Stopwatch.GetElapsedTime(started));
                    return written;
                },
                CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            StoreMeter.Wait(-1);
            if (isWriting)
                writing.Release();
        }
    }

    public void Dispose()
    {
        foreach (var reader in idleReaders)
            reader.Dispose();
        writer.Dispose();
        writing.Dispose();
    }

    private static Result<int> Prepare(SqliteConnection writer, string file, IReadOnlyList<Migration> migrations)
    {
        try
        {
            writer.Open();
            var mode = writer.ExecuteScalar<string>("PRAGMA journal_mode = WAL");
            if (mode != "wal")
            {
                return Error.Unavailable(
                    $"The database '{file}' can't be opened with a write-ahead log: its file system gave '{mode}'.",
                    "Name a folder on a local disk with --data DIR.");
            }

            writer.Execute($"PRAGMA synchronous = FULL; PRAGMA busy_timeout = {BusyTimeoutSeconds * 1000}; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -16384;");
            return Schema.Upgrade(writer, migrations);
        }
        catch (SqliteException e)
        {
            return Error.Unavailable(
                $"The database '{file}' can't be opened: {e.Message}",
                "If the file is damaged or of another program, move it away, or name another folder with --data DIR.");
        }
    }

    private SqliteConnection OpenReader()
    {
        var reader = new SqliteConnection(connectionString);
        reader.Open();
        reader.Execute($"PRAGMA query_only = ON; PRAGMA busy_timeout = {BusyTimeoutSeconds * 1000};");
        return reader;
    }
}
