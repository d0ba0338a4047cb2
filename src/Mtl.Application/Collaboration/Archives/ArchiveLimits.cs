namespace Mtl.Application.Collaboration.Archives;

/// <summary>What an archive that comes from elsewhere may be. A few kilobytes of zip can say that they are petabytes; what counts is what comes out while it is read.</summary>
internal sealed record ArchiveLimits
{
    private const long MiB = 1 << 20;

    public int MaximumEntries { get; init; } = 20_000;

    /// <summary>Most bytes that all entries may have together, unpacked.</summary>
    public long MaximumBytes { get; init; } = 4096 * MiB;

    /// <summary>How many times as large as the archive its contents may be, beyond <see cref="FreeBytes"/>. Logs and metrics come to 20 or so.</summary>
    public int MaximumRatio { get; init; } = 100;

    /// <summary>Unpacked bytes that no ratio is asked of.</summary>
    public long FreeBytes { get; init; } = 16 * MiB;

    /// <summary>Most bytes of manifest, params, tags and definition, each.</summary>
    public long MaximumDocumentBytes { get; init; } = 16 * MiB;

    /// <summary>Most characters of one line of metrics or log.</summary>
    public int MaximumLineCharacters { get; init; } = 1 << 20;

    /// <summary>Most unpacked bytes of an archive of this length.</summary>
    public long Budget(long archiveBytes) => Math.Min(MaximumBytes, FreeBytes + (archiveBytes * MaximumRatio));
}
