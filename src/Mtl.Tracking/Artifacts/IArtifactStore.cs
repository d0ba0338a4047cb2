using Mtl.Core;

namespace Mtl.Tracking.Artifacts;

/// <summary>
/// The runs' files on disk. Thread-safe. A file appears whole or not at all: it is written under a temporary name, fsynced, then renamed.
/// Paths are relative, with '/', and can't leave the run's folder (Invalid otherwise).
/// </summary>
public interface IArtifactStore
{
    /// <summary>Writes a file through <paramref name="write"/>, replacing one of that path.</summary>
    Task<Result<ArtifactFile>> WriteAsync(string runId, string path, Func<Stream, Task> write, CancellationToken cancellation = default);

    /// <summary>Opens a file for reading; NotFound when there is none.</summary>
    Task<Result<Stream>> OpenAsync(string runId, string path, CancellationToken cancellation = default);

    /// <summary>All files of the run, by path.</summary>
    Task<IReadOnlyList<ArtifactFile>> ListAsync(string runId, CancellationToken cancellation = default);

    /// <summary>Removes a file; no error when there is none.</summary>
    Task<Result<bool>> DeleteAsync(string runId, string path, CancellationToken cancellation = default);

    /// <summary>Removes all files of the run; false when there are none.</summary>
    Task<Result<bool>> DeleteAllAsync(string runId, CancellationToken cancellation = default);
}
