namespace Mtl.Tracking.Artifacts;

/// <summary>A file of a run.</summary>
/// <param name="Path">Relative to the run's folder, with '/' between folders.</param>
public sealed record ArtifactFile(string Path, long Bytes, DateTimeOffset ModifiedAt);
