namespace Mtl.Tracking.Retention;

/// <summary>
/// Finds what was archived or deleted long ago, and removes it for good. Thread-safe. A run whose files a registered model version needs stays for as long as that version does, and with it its
/// experiment.
/// </summary>
public interface IRetentionStore
{
    /// <summary>Runs archived before <paramref name="before"/>, or of an experiment deleted before then; none that the platform is still training.</summary>
    Task<ExpiredRuns> ExpiredRunsAsync(DateTimeOffset before, CancellationToken cancellation = default);

    /// <summary>Ids of logged models of experiments deleted before then, those left out that a registered model version needs.</summary>
    Task<IReadOnlyList<string>> ExpiredModelsAsync(DateTimeOffset before, CancellationToken cancellation = default);

    /// <summary>Ids of experiments deleted before then that hold neither runs nor logged models any more; the one of clients that name none stays.</summary>
    Task<IReadOnlyList<string>> ExpiredExperimentsAsync(DateTimeOffset before, CancellationToken cancellation = default);

    /// <summary>
    /// Removes a run with everything that was logged to it or said about it, a long history in several transactions; restoring it once that has begun is too late. False when it has not expired
    /// (it was restored in the meantime, or is not there).
    /// </summary>
    /// <param name="removeFiles">Removes its files; called once it is certain that the run goes, and before its record does, so that what a crash interrupts can be completed later.</param>
    Task<bool> RemoveRunAsync(string id, DateTimeOffset before, Func<Task> removeFiles, CancellationToken cancellation = default);

    /// <summary>Removes an experiment with everything said about it; false when it has not expired or is not empty.</summary>
    Task<bool> RemoveExperimentAsync(string id, DateTimeOffset before, CancellationToken cancellation = default);
}

/// <summary>Runs whose time has run out.</summary>
/// <param name="Ids">Those that can go.</param>
/// <param name="Needed">How many stay because a registered model version needs their files.</param>
public sealed record ExpiredRuns(IReadOnlyList<string> Ids, int Needed);
