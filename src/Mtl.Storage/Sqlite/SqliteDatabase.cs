using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Mtl.Core;
using Mtl.Storage.Relational;
using SQLitePCL;

namespace Mtl.Storage.Sqlite;

/// <summary>
/// One SQLite file: one connection that writes (<see cref="GroupCommit"/>), and some that read at once; in write-ahead mode neither waits for the other.
/// A write is on disk when its task completes (<c>synchronous = FULL</c>: the log is fsynced at every commit). Thread-safe.
/// </summary>
internal sealed class SqliteDatabase : IDatabase
{
    private const int BusyTimeoutSeconds = 10;
    private const int MostReaders = 16;

    /// <summary>Readers look at so much of the file in place, rather than to copy page by page.</summary>
    private const long MappedBytes = 4L << 30;

    private readonly string file;
    private readonly string connectionString;
    private readonly GroupCommit writer;
    private readonly SemaphoreSlim reading = new(MostReaders);
    private readonly ConcurrentBag<SqliteConnection> idleReaders = [];

    private SqliteDatabase(string file, string connectionString, SqliteConnection writer) =>
        (this.file, this.connectionString, this.writer) = (file, connectionString, new GroupCommit(writer));

    public Dialect Dialect { get; } = new SqliteDialect();

    public string Shown => "SQLite in the data folder";

    /// <summary>Opens the file, creates it when there is none, and brings its schema up to date.</summary>
    public static Result<SqliteDatabase> Open(string file) => Open(file, Migration.Sqlite);

    public static Result<SqliteDatabase> Open(string file, IReadOnlyList<Migration> migrations)
    {
        SqliteLibrary.Load();
        StoredTypes.Register();
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
            return new SqliteDatabase(file, connectionString, writer);

        writer.Dispose();
        return opened.Error;
    }

    public async Task<T> ReadAsync<T>(Func<DbConnection, T> read, CancellationToken cancellation)
    {
        await reading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Read(read), cancellation).ConfigureAwait(false);
        }
        catch (SqliteException e) when (SqliteFailures.Explain(e, file) is { } error)
        {
            throw new Tracking.StoreException(error, e);
        }
        finally
        {
            reading.Release();
        }
    }

    public async Task<T> WriteAsync<T>(Func<DbConnection, T> write, CancellationToken cancellation)
    {
        StoreMeter.Wait(1);
        try
        {
            return await writer.RunAsync(write, cancellation).ConfigureAwait(false);
        }
        catch (SqliteException e) when (SqliteFailures.Explain(e, file) is { } error)
        {
            throw new Tracking.StoreException(error, e);
        }
        finally
        {
            StoreMeter.Wait(-1);
        }
    }

    public void Dispose()
    {
        writer.Dispose();
        foreach (var reader in idleReaders)
            reader.Dispose();
        reading.Dispose();
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

            writer.Execute(
                $"""
                PRAGMA synchronous = FULL; PRAGMA busy_timeout = {BusyTimeoutSeconds * 1000}; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -65536;
                PRAGMA temp_store = MEMORY; PRAGMA case_sensitive_like = ON;
                """);
            return SqliteSchema.Upgrade(writer, migrations);
        }
        catch (SqliteException e)
        {
            return SqliteFailures.Explain(e, file) ?? Error.Unavailable(
                $"The database '{file}' can't be opened: {e.Message}",
                "If the file is damaged or of another program, move it away, or name another folder with --data DIR.");
        }
    }

    private T Read<T>(Func<DbConnection, T> read)
    {
        var reader = idleReaders.TryTake(out var idle) ? idle : OpenReader();
        try
        {
            // Deferred: the snapshot is taken at the first statement, and nobody waits for it.
            Execute(reader, "BEGIN");
            var value = read(reader);
            Execute(reader, "COMMIT");
            return value;
        }
        catch
        {
            if (raw.sqlite3_get_autocommit(reader.Handle) == 0)
                _ = raw.sqlite3_exec(reader.Handle, "ROLLBACK");
            throw;
        }
        finally
        {
            idleReaders.Add(reader);
        }
    }

    private static void Execute(SqliteConnection connection, string sql) => SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle, sql), connection.Handle);

    private SqliteConnection OpenReader()
    {
        var reader = new SqliteConnection(connectionString);
        reader.Open();
        reader.Execute(
            $"PRAGMA query_only = ON; PRAGMA busy_timeout = {BusyTimeoutSeconds * 1000}; PRAGMA temp_store = MEMORY; PRAGMA case_sensitive_like = ON; PRAGMA mmap_size = {MappedBytes};");
        return reader;
    }
}
