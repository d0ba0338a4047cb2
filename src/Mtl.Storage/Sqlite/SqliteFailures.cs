using Microsoft.Data.Sqlite;
using Mtl.Core;
using SQLitePCL;

namespace Mtl.Storage.Sqlite;

/// <summary>Which of SQLite's errors are the surroundings' fault rather than the program's.</summary>
internal static class SqliteFailures
{
    /// <summary>Less free space than this at an input or output error means that the disk is full.</summary>
    private const long RoomNeeded = 1 << 20;

    /// <summary>Null for an error that is a bug, or damage.</summary>
    public static Error? Explain(SqliteException exception, string file) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => Full(file),
        raw.SQLITE_IOERR when FreeBytes(file) < RoomNeeded => Full(file),
        raw.SQLITE_IOERR => Error.Unavailable($"The database '{file}' can't be read or written: {exception.Message}", "Look at the disk, then try again."),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Error.Unavailable($"The database '{file}' is held by another program.", "Close that program, then try again."),
        raw.SQLITE_READONLY => Error.Unavailable($"The database '{file}' can't be written: {exception.Message}", "Make the file and its folder writable for this user."),
        _ => null,
    };

    private static Error Full(string file) => Error.Full(
        $"The disk that holds the database '{file}' is full: nothing more can be stored.", "Make room on it; the server goes on by itself as soon as there is some.");

    private static long FreeBytes(string file)
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(file)!).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }
}
