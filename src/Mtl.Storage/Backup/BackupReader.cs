using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Mtl.Core;
using Mtl.Storage.Folders;
using Mtl.Storage.Relational;
using Mtl.Storage.Sqlite;

namespace Mtl.Storage.Backup;

/// <summary>
/// Makes a data folder from a backup: unpacked beside it, compared with the manifest file by file, its database checked, and only then given its name. A damaged, cut off or foreign file leaves
/// nothing behind.
/// </summary>
public static class BackupReader
{
    private const string Advice = "Restore another backup.";

    /// <summary>Restores <paramref name="file"/> as <paramref name="dataFolder"/>, which must not exist or be empty.</summary>
    public static async Task<Result<BackupSummary>> RestoreAsync(string file, string dataFolder, CancellationToken cancellation)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataFolder));
        if (!File.Exists(file))
            return Error.NotFound($"There is no file '{file}'.", "Give the path of a backup that 'mtl backup' wrote.");
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            return Error.Conflict($"The data folder '{target}' exists and is not empty; a restore never overwrites one.", "Name another folder with --data DIR, or move that one away.");

        var unpacked = $"{target}.restoring-{Guid.NewGuid():N}";
        try
        {
            PrivateFile.CreateFolder(unpacked);
            var restored = await UnpackAsync(file, unpacked, cancellation);
            if (!restored.IsSuccess)
                return restored.Error;
            if (Damage(Path.Combine(unpacked, DataFolder.DatabaseName)) is { } damage)
                return Error.Invalid($"The database in '{file}' is damaged: {damage}", Advice);
            if (Directory.Exists(target))
                Directory.Delete(target);
            Directory.Move(unpacked, target);
            return restored;
        }
        finally
        {
            if (Directory.Exists(unpacked))
                Directory.Delete(unpacked, recursive: true);
        }
    }

    private static async Task<Result<BackupSummary>> UnpackAsync(string file, string folder, CancellationToken cancellation)
    {
        var found = new Dictionary<string, BackupEntry>();
        BackupManifest? manifest = null;
        try
        {
            await using var stream = File.OpenRead(file);
            await using var unpacked = new GZipStream(stream, CompressionMode.Decompress);
            await using var tar = new TarReader(unpacked);
            while (await tar.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
            {
                if (entry.Name == BackupManifest.Name && entry.DataStream is { } text)
                {
                    manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(text, BackupManifest.Json, cancellation);
                    continue;
                }

                if (!IsOurs(entry))
                    return Error.Invalid($"'{file}' is no backup of the platform: it holds '{Shown(entry.Name)}'.", "Give a file that 'mtl backup' wrote.");
                found[entry.Name] = await UnpackAsync(entry, folder, cancellation);
            }
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or EndOfStreamException)
        {
            return Error.Invalid($"'{file}' is no backup, is damaged, or was cut off: {e.Message}", Advice);
        }

        if (manifest is null)
            return Error.Invalid($"'{file}' is not whole: it ends before its list of contents.", Advice);
        if (manifest.Format != BackupManifest.CurrentFormat || manifest.Schema > Migration.Sqlite[^1].Version)
        {
            return Error.Conflict(
                $"'{file}' was written by a newer program (format {manifest.Format}, schema {manifest.Schema}; this one knows formats up to {BackupManifest.CurrentFormat} and schemas up to {Migration.Sqlite[^1].Version}).",
                "Restore it with the program that wrote it, or a newer one.");
        }

        var wrong = manifest.Files.FirstOrDefault(entry => found.GetValueOrDefault(entry.Path) != entry);
        if (wrong is not null)
            return Error.Invalid($"'{file}' is damaged: '{wrong.Path}' is {(found.ContainsKey(wrong.Path) ? "not as it was written" : "missing")}.", Advice);
        return found.ContainsKey(DataFolder.DatabaseName) && found.Count == manifest.Files.Count
            ? new BackupSummary(found.Count, found.Values.Sum(entry => entry.Bytes), manifest.MadeAt)
            : Error.Invalid($"'{file}' is damaged: its contents are not those of its list.", Advice);
    }

    private static async Task<BackupEntry> UnpackAsync(TarEntry entry, string folder, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, entry.Name);
        PrivateFile.CreateFolder(Path.GetDirectoryName(path)!);
        await using var file = new FileStream(path, PrivateFile.ToCreate(FileAccess.ReadWrite));
        if (entry.DataStream is { } content)
            await content.CopyToAsync(file, cancellation);
        file.Position = 0;
        var checksum = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
        file.Flush(flushToDisk: true);
        return new BackupEntry(entry.Name, file.Length, checksum);
    }

    /// <summary>The database itself, or a file in one of the folders, by a path that stays in there; no links, no devices.</summary>
    private static bool IsOurs(TarEntry entry) => entry.EntryType == TarEntryType.RegularFile && (entry.Name == DataFolder.DatabaseName
        || (entry.Name.Split('/') is [var top, _, ..] names && DataFolder.KeptFolders.Contains(top) && names.All(name => name is not ("" or "." or ".."))
            && !entry.Name.Contains('\\') && !entry.Name.Any(char.IsControl)));

    /// <summary>What SQLite finds wrong with the file; null when all is well.</summary>
    private static string? Damage(string database)
    {
        try
        {
            SqliteLibrary.Load();
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
            connection.Open();
            var verdict = connection.QueryFirst<string>("PRAGMA integrity_check(1)");
            if (verdict != "ok")
                return verdict;
            return connection.Query("PRAGMA foreign_key_check").Any() ? "records refer to others that are missing." : null;
        }
        catch (SqliteException e)
        {
            return e.Message;
        }
    }

    private static string Shown(string name) => string.Concat(name.Take(100).Select(c => char.IsControl(c) ? '\uFFFD' : c));
}
