namespace Mtl.Storage.Backup;

/// <summary>What was backed up or restored.</summary>
/// <param name="Files">The database included.</param>
/// <param name="Bytes">Of the files, as they lie in the data folder.</param>
public sealed record BackupSummary(int Files, long Bytes, DateTimeOffset MadeAt);
