using Mtl.Core;

namespace Mtl.Application.Collaboration.Archives;

/// <summary>Runs as files that another platform takes in: metrics, parameters, tags, log and artifacts in one zip. Checkpoints stay behind.</summary>
public interface IRunArchives
{
    Task<Result<RunExport>> ExportAsync(string runId, CancellationToken cancellation = default);

    /// <summary>
    /// Makes a new run of an archive in the experiment; gives back its id. It counts as logged by a client, whoever trained it, and one that was not over is cancelled. Nothing of it is seen
    /// before all of it is there.
    /// </summary>
    Task<Result<string>> ImportAsync(string experimentId, Stream archive, CancellationToken cancellation = default);
}

/// <summary>An archive about to be written.</summary>
/// <param name="Write">Writes it to a stream, once.</param>
public sealed record RunExport(string FileName, Func<Stream, CancellationToken, Task> Write);
