using Mtl.Core;

namespace Mtl.Application.Tracking;

/// <summary>What clients do with the files of runs and logged models. What the platform exports and its checkpoints are read only.</summary>
public interface IArtifactTracking
{
    /// <summary>The files and folders directly in a folder, by name; none for a file and for a folder that is not there.</summary>
    Task<Result<IReadOnlyList<ArtifactEntry>>> ListAsync(ArtifactAddress address, CancellationToken cancellation = default);

    /// <summary>The same for a run, with where all its files are.</summary>
    Task<Result<ArtifactListing>> ListOfRunAsync(string runId, string path, CancellationToken cancellation = default);

    /// <summary>The same for a logged model.</summary>
    Task<Result<ArtifactListing>> ListOfModelAsync(string modelId, string path, CancellationToken cancellation = default);

    Task<Result<Stream>> OpenAsync(ArtifactAddress address, CancellationToken cancellation = default);

    /// <summary>Writes a file, whole or not at all, replacing one of that path. TooLarge beyond <see cref="ApplicationOptions.MaximumArtifactBytes"/>.</summary>
    Task<Result<long>> WriteAsync(ArtifactAddress address, Stream content, CancellationToken cancellation = default);

    /// <summary>Removes a file, or a folder with all in it; NotFound when there is neither.</summary>
    Task<Result<int>> DeleteAsync(ArtifactAddress address, CancellationToken cancellation = default);

    /// <summary>Begins a file that comes in parts.</summary>
    Task<Result<UploadTicket>> BeginUploadAsync(ArtifactAddress address, int parts, CancellationToken cancellation = default);

    /// <summary>Takes in one part, from whoever has the ticket; gives back its tag.</summary>
    /// <param name="number">From 1.</param>
    Task<Result<string>> WritePartAsync(string uploadId, string secret, int number, Stream content, CancellationToken cancellation = default);

    /// <summary>Puts the parts together as the file.</summary>
    /// <param name="parts">Number and tag of each.</param>
    Task<Result<long>> CompleteUploadAsync(ArtifactAddress address, string uploadId, IReadOnlyList<(int Number, string Tag)> parts, CancellationToken cancellation = default);

    /// <summary>Drops the parts.</summary>
    Task<Result<string>> AbortUploadAsync(ArtifactAddress address, string uploadId, CancellationToken cancellation = default);
}

/// <summary>A file or a folder.</summary>
/// <param name="Path">Relative to all files of the run or model.</param>
/// <param name="Bytes">Null for a folder.</param>
public sealed record ArtifactEntry(string Path, long? Bytes);

/// <summary>A folder's content.</summary>
/// <param name="RootUri">Where all files of the run or model are.</param>
public sealed record ArtifactListing(string RootUri, IReadOnlyList<ArtifactEntry> Entries);

/// <summary>What a client needs to send a file's parts.</summary>
/// <param name="Secret">Sent with every part; shown once.</param>
public sealed record UploadTicket(string UploadId, string Secret, int Parts);
