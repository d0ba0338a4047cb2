using System.Text.Json;

namespace Mtl.Storage.Backup;

/// <summary>The last entry of a backup: what it holds. A backup without it was cut off.</summary>
/// <param name="Format">Version of the archive's layout.</param>
/// <param name="Schema">Version of the database's schema.</param>
internal sealed record BackupManifest(int Format, int Schema, DateTimeOffset MadeAt, IReadOnlyList<BackupEntry> Files)
{
    public const int CurrentFormat = 1;

    /// <summary>Its name in the archive.</summary>
    public const string Name = "manifest.json";

    /// <summary>How it is written.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
}

/// <summary>One file of a backup.</summary>
/// <param name="Path">From the data folder, with '/' between names.</param>
/// <param name="Sha256">In lower-case hexadecimal.</param>
internal sealed record BackupEntry(string Path, long Bytes, string Sha256);
