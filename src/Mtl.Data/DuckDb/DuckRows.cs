using System.Runtime.InteropServices;
using Mtl.Core;

namespace Mtl.Data.DuckDb;

/// <summary>A query's rows, chunk by chunk. At most one chunk (2,048 rows) is held; it lives until the next one is fetched.</summary>
internal sealed class DuckRows : IDisposable
{
    private readonly StatementHandle statement;
    private readonly ResultHandle result;
    private nint chunk;

    private DuckRows(StatementHandle statement, ResultHandle result) => (this.statement, this.result) = (statement, result);

    /// <summary>Rows of the present chunk.</summary>
    internal int Count { get; private set; }

    internal static Result<DuckRows> Start(StatementHandle statement)
    {
        var rows = new DuckRows(statement, new ResultHandle());
        if (NativeMethods.ExecuteStreaming(statement, rows.result) == NativeMethods.State.Success)
            return rows;
        using (rows)
            return Error.Invalid(rows.ErrorText());
    }

    /// <summary>Fetches the next chunk: true when there is one, false at the end, or DuckDB's own error text.</summary>
    internal Result<bool> Next()
    {
        Release();
        chunk = NativeMethods.FetchChunk(result.Structure);
        if (chunk == 0)
            return ErrorText() is { Length: > 0 } error ? Error.Invalid(error) : false;
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

    private void Release()
    {
        if (chunk != 0)
            NativeMethods.DestroyChunk(ref chunk);
        Count = 0;
    }
}
