using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Mtl.Core;
using Mtl.Storage.Folders;
using Mtl.Storage.Sqlite;

namespace Mtl.Storage.Backup;

/// <summary>
/// Writes a data folder as one file (a gzipped tar with a manifest of checksums at its end), whether or not a server works on it. The records are those of one moment (SQLite's backup, which
/// neither waits for writers nor holds them up). Checkpoints are taken before the records and all other files after them, so that no record names a file that is missing, and no run goes on from
/// a checkpoint that is ahead of its record.
/// </summary>
public static class BackupWriter
{
    private const string Checkpoints = "/checkpoints/";

    /// <summary>Backs the folder up to <paramref name="file"/>, which must not exist; it is written under another name, and given this one when it is whole.</summary>
    /// <param name="dataFolder">A server's data folder with an embedded store.</param>
    public static async Task<Result<BackupSummary>> WriteAsync(string dataFolder, string file, TimeProvider time, CancellationToken cancellation)
    {
        var database = Path.Combine(dataFolder, DataFolder.DatabaseName);
        if (!File.Exists(database))
            return Error.NotFound($"The folder '{dataFolder}' holds no database '{DataFolder.DatabaseName}'.", "Name a server's data folder with --data DIR; a PostgreSQL store is backed up by pg_dump (docs/operations.md).");
        if (Path.Exists(file))
            return Exists(file);
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is not { } target || !Directory.Exists(target))
            return Error.NotFound($"There is no folder '{Path.GetDirectoryName(Path.GetFullPath(file))}' for the backup.", "Create it, or name another file.");

        // Names of this backup's own, so that another one to the same file takes nothing away from it.
        var own = Guid.NewGuid().ToString("N");
        var (partial, snapshot) = ($"{file}.partial-{own}", $"{file}.records-{own}");
        try
        {
            var summary = await WriteArchiveAsync(dataFolder, partial, snapshot, time, cancellation);
            return TryName(partial, file) ? summary : Exists(file);
        }
        finally
        {
            File.Delete(partial);
            File.Delete(snapshot);
        }
    }

    private static Error Exists(string file) => Error.Conflict($"'{file}' exists already.", "Name a file that does not exist, or remove that one.");

    /// <summary>
    /// Gives the whole archive its name; false when another file has it. A move that overwrites nothing looks and then renames, so that of two at once both would be done: the name is taken first,
    /// by an empty file, which only one can make.
    /// </summary>
    private static bool TryName(string partial, string file)
    {
        try
        {
            new FileStream(file, PrivateFile.ToCreate(FileAccess.Write)).Dispose();
        }
        catch (IOException) when (Path.Exists(file))
        {
            return false;
        }

        File.Move(partial, file, overwrite: true);
        return true;
    }

    private static async Task<BackupSummary> WriteArchiveAsync(string dataFolder, string archive, string snapshot, TimeProvider time, CancellationToken cancellation)
    {
        await using var stream = new FileStream(archive, PrivateFile.ToCreate(FileAccess.Write));
        var entries = new List<BackupEntry>();
        DateTimeOffset madeAt;
        await using (var packed = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        await using (var tar = new TarWriter(packed, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var path in Files(dataFolder).Where(IsCheckpoint))
                await AddAsync(tar, dataFolder, path, entries, cancellation);
            madeAt = time.GetUtcNow();
            var schema = Copy(Path.Combine(dataFolder, DataFolder.DatabaseName), snapshot);
            await AddAsync(tar, snapshot, DataFolder.DatabaseName, entries, mayBeGone: false, cancellation);
            foreach (var path in Files(dataFolder).Where(path => !IsCheckpoint(path)))
                await AddAsync(tar, dataFolder, path, entries, cancellation);
            var manifest = JsonSerializer.SerializeToUtf8Bytes(new BackupManifest(BackupManifest.CurrentFormat, schema, madeAt, entries), BackupManifest.Json);
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.Name) { DataStream = new MemoryStream(manifest) }, cancellation);
        }

        stream.Flush(flushToDisk: true);
        return new BackupSummary(entries.Count, entries.Sum(entry => entry.Bytes), madeAt);
    }

    /// <summary>Paths from the data folder of everything but the database, what is on its way in, and what belongs to the running server.</summary>
    private static IEnumerable<string> Files(string dataFolder) =>
        from folder in DataFolder.KeptFolders
        let root = new DirectoryInfo(Path.Combine(dataFolder, folder))
        where root.Exists
        from file in root.EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false })
        let path = Path.GetRelativePath(dataFolder, file.FullName).Replace('\\', '/')
        where !path.StartsWith("artifacts/.incoming/", StringComparison.Ordinal)
        orderby path
        select path;

    private static bool IsCheckpoint(string path) => path.StartsWith("artifacts/", StringComparison.Ordinal) && path.Contains(Checkpoints, StringComparison.Ordinal);

    private static Task AddAsync(TarWriter tar, string dataFolder, string path, List<BackupEntry> entries, CancellationToken cancellation) =>
        AddAsync(tar, Path.Combine(dataFolder, path), path, entries, mayBeGone: true, cancellation);

    /// <summary>Adds one file; one that its owner has deleted since it was listed is left out. Files are written under another name and renamed, so what is opened is whole.</summary>
    private static async Task AddAsync(TarWriter tar, string file, string path, List<BackupEntry> entries, bool mayBeGone, CancellationToken cancellation)
    {
        FileStream content;
        try
        {
            content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
        }
        catch (Exception e) when (mayBeGone && e is FileNotFoundException or DirectoryNotFoundException)
        {
            return;
        }

        await using (content)
        {
            var checksum = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
            content.Position = 0;
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = content, ModificationTime = File.GetLastWriteTimeUtc(file) }, cancellation);
            entries.Add(new BackupEntry(path, content.Length, checksum));
        }
    }

    /// <summary>The database as of one moment; gives back its schema's version.</summary>
    private static int Copy(string database, string snapshot)
    {
        SqliteLibrary.Load();
        // Made before SQLite opens it, which would let everybody read hashes of passwords and tokens.
        new FileStream(snapshot, PrivateFile.ToCreate(FileAccess.Write)).Dispose();
        using var source = Open(database, SqliteOpenMode.ReadWrite);
        using var copy = Open(snapshot, SqliteOpenMode.ReadWrite);
        source.BackupDatabase(copy);
        copy.Execute("PRAGMA journal_mode = DELETE");
        return copy.ExecuteScalar<int>("PRAGMA user_version");
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
