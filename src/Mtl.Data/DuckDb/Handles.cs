using System.Runtime.InteropServices;

namespace Mtl.Data.DuckDb;

/// <summary>A pointer that DuckDB gave and takes back.</summary>
internal abstract class DuckDbHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;
}

internal sealed class ConfigHandle : DuckDbHandle
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.DestroyConfig(ref handle);
        return true;
    }
}

internal sealed class DatabaseHandle : DuckDbHandle
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.Close(ref handle);
        return true;
    }
}

internal sealed class ConnectionHandle : DuckDbHandle
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.Disconnect(ref handle);
        return true;
    }
}

internal sealed class StatementHandle : DuckDbHandle
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.DestroyStatement(ref handle);
        return true;
    }
}

/// <summary>Memory of our own that holds a <c>duckdb_result</c>.</summary>
internal sealed unsafe class ResultHandle : DuckDbHandle
{
    internal ResultHandle() => SetHandle((nint)NativeMemory.AllocZeroed((nuint)sizeof(NativeMethods.ResultStructure)));

    internal NativeMethods.ResultStructure Structure => *(NativeMethods.ResultStructure*)handle;

    protected override bool ReleaseHandle()
    {
        NativeMethods.DestroyResult(handle);
        NativeMemory.Free((void*)handle);
        return true;
    }
}
