using System.Runtime.InteropServices;
using Mtl.Core;

namespace Mtl.Data.DuckDb;

/// <summary>A query's rows, chunk by chunk. At most one chunk (2,048 rows) is held; it lives until the next one is fetched.</summary>
internal sealed class DuckRows : IDisposable
{
    /// <summary>How the error of a thread that was told to stop begins; nobody but DuckDB itself tells one to.</summary>
    private const string Interrupted = "INTERRUPT Error";

    private readonly DuckDatabase database;
    private readonly StatementHandle statement;
    private readonly ResultHandle result = new();
    private nint chunk;

    private DuckRows(DuckDatabase database, StatementHandle statement) => (this.database, this.statement) = (database, statement);

    /// <summary>Rows of the present chunk.</summary>
    internal int Count { get; private set; }

    internal static Result<DuckRows> Start(DuckDatabase database, StatementHandle statement)
    {
        var rows = new DuckRows(database, statement);
        if (NativeMethods.ExecuteStreaming(statement, rows.result) == NativeMethods.State.Success)
            return rows;
        using (rows)
            return Error.Invalid(rows.Cause(rows.ErrorText()));
    }

    /// <summary>Fetches the next chunk: true when there is one, false at the end, or DuckDB's own error text.</summary>
    internal Result<bool> Next()
    {
        Release();
        chunk = NativeMethods.FetchChunk(result.Structure);
        if (chunk == 0)
            return ErrorText() is { Length: > 0 } error ? Error.Invalid(Cause(error)) : false;
        Count = (int)NativeMethods.ChunkSize(chunk);
        return true;
    }

    /// <summary>A column of the present chunk.</summary>
    internal unsafe DuckVector Column(int index)
    {
        var vector = NativeMethods.ChunkVector(chunk, (ulong)index);
        return new DuckVector(NativeMethods.VectorData(vector), NativeMethods.VectorValidity(vector), Count);
    }

    public void Dispose()
    {
        Release();
        result.Dispose();
        statement.Dispose();
    }

    private string ErrorText() => Marshal.PtrToStringUTF8(NativeMethods.ResultError(result)) ?? "";

    /// <summary>
    /// Why the query fails. The thread that meets an error tells the others to stop, and one of them may be heard before it; with one thread there is none to stop, so the query runs once more with one.
    /// </summary>
    private string Cause(string error) => !error.StartsWith(Interrupted, StringComparison.Ordinal) || database.Threads == 1
        ? error
        : database.WithOneThread(() =>
        {
            var again = Start(database, statement);
            if (!again.IsSuccess)
                return again.Error.Message;
            using var rows = again.Value;
            var next = rows.Next();
            while (next is { IsSuccess: true, Value: true })
                next = rows.Next();
            return next.Error?.Message ?? error;
        });

    private void Release()
    {
        if (chunk != 0)
            NativeMethods.DestroyChunk(ref chunk);
        Count = 0;
    }
}
