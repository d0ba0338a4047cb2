using System.Globalization;
using System.Runtime.InteropServices;
using Mtl.Core;

namespace Mtl.Data.DuckDb;

/// <summary>A DuckDB database in memory with one connection. Not for concurrent use.</summary>
internal sealed class DuckDatabase : IDisposable
{
    private readonly DatabaseHandle database;
    private readonly ConnectionHandle connection;

    private DuckDatabase(DatabaseHandle database, ConnectionHandle connection, int threads) => (this.database, this.connection, Threads) = (database, connection, threads);

    /// <summary>Threads of a query, the caller's included.</summary>
    internal int Threads { get; private set; }

    /// <summary>Opens an empty database that neither writes temporary files nor loads extensions.</summary>
    /// <param name="memoryLimitMegabytes">Most memory of DuckDB's own buffers.</param>
    /// <param name="threads">Threads of a query, the caller's included.</param>
    internal static DuckDatabase Open(int memoryLimitMegabytes, int threads)
    {
        Check(NativeMethods.CreateConfig(out var config), "create a configuration");
        using (config)
        {
            (string Name, string Value)[] settings =
            [
                ("memory_limit", string.Create(CultureInfo.InvariantCulture, $"{memoryLimitMegabytes}MB")),
                ("threads", threads.ToString(CultureInfo.InvariantCulture)),
                ("temp_directory", ""),
                ("autoinstall_known_extensions", "false"),
                ("autoload_known_extensions", "false"),
            ];
            foreach (var (name, value) in settings)
                Check(NativeMethods.SetConfig(config, name, value), $"set {name} to '{value}'");

            var opened = NativeMethods.Open(":memory:", out var database, config, out var error);
            if (opened != NativeMethods.State.Success)
            {
                var reason = Marshal.PtrToStringUTF8(error);
                NativeMethods.Free(error);
                throw new InvalidOperationException($"DuckDB can't open a database: {reason}");
            }

            Check(NativeMethods.Connect(database, out var connection), "connect");
            return new DuckDatabase(database, connection, threads);
        }
    }

    /// <summary>Starts a query whose rows are made as they are read.</summary>
    /// <param name="sql">One statement, with <c>?</c> for each parameter.</param>
    /// <param name="parameters">The parameters' values in order.</param>
    /// <returns>The rows, or DuckDB's own error text.</returns>
    internal Result<DuckRows> Query(string sql, params ReadOnlySpan<string> parameters)
    {
        var prepared = NativeMethods.Prepare(connection, sql, out var statement);
        if (prepared != NativeMethods.State.Success)
        {
            using (statement)
                return Error.Invalid(Marshal.PtrToStringUTF8(NativeMethods.PrepareError(statement)) ?? "");
        }

        for (var i = 0; i < parameters.Length; i++)
            Check(NativeMethods.BindText(statement, (ulong)i + 1, parameters[i]), $"bind parameter {i + 1}");
        return DuckRows.Start(this, statement);
    }

    /// <summary>Does something whose queries have the caller's thread alone.</summary>
    internal T WithOneThread<T>(Func<T> work)
    {
        var before = Threads;
        SetThreads(1);
        try
        {
            return work();
        }
        finally
        {
            SetThreads(before);
        }
    }

    public void Dispose()
    {
        connection.Dispose();
        database.Dispose();
    }

    private void SetThreads(int threads)
    {
        using (Query(string.Create(CultureInfo.InvariantCulture, $"SET threads = {threads}")).Value)
            Threads = threads;
    }

    private static void Check(NativeMethods.State state, string action)
    {
        if (state != NativeMethods.State.Success)
            throw new InvalidOperationException($"DuckDB can't {action}.");
    }
}
