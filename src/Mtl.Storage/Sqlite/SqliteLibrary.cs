using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Mtl.Storage.Sqlite;

/// <summary>Chooses the native SQLite: the system's (kept current by the distribution), or the one that came with the package where the system has none that is newer.</summary>
internal static class SqliteLibrary
{
    private const string SystemLibrary = "libsqlite3.so.0";

    /// <summary>SQLite 3.35.5, the version inside the package.</summary>
    private const int PackagedVersion = 3_035_005;

    private static readonly Lazy<string> Loaded = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        Batteries_V2.Init();
        return raw.sqlite3_libversion().utf8_to_string();
    });

    /// <summary>Loads the library at the first call; gives back its version.</summary>
    public static string Load() => Loaded.Value;

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad(SystemLibrary, out var library) && Version(library) >= PackagedVersion ? library : 0;

    private static unsafe int Version(nint library) =>
        NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var function) ? ((delegate* unmanaged<int>)function)() : 0;
}
