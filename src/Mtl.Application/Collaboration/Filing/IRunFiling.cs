using Mtl.Core;

namespace Mtl.Application.Collaboration.Filing;

/// <summary>
/// Where runs are kept. All of the runs named, or none: each is looked at before the first is written. A run that the platform is training stays where it is until it is over.
/// </summary>
public interface IRunFiling
{
    /// <summary>Gives a run another name; gives back the name.</summary>
    Task<Result<string>> RenameAsync(string runId, string name, CancellationToken cancellation = default);

    /// <summary>Puts runs into another experiment; gives back how many changed.</summary>
    Task<Result<int>> MoveAsync(IReadOnlyList<string> runIds, string experimentId, CancellationToken cancellation = default);

    /// <summary>Takes runs out of lists and searches; nothing of them is lost until they are removed for good.</summary>
    Task<Result<int>> ArchiveAsync(IReadOnlyList<string> runIds, CancellationToken cancellation = default);

    /// <summary>Brings archived runs back.</summary>
    Task<Result<int>> RestoreAsync(IReadOnlyList<string> runIds, CancellationToken cancellation = default);
}
