using Mtl.Core;

namespace Mtl.Tracking.Runs;

/// <summary>Runs. Thread-safe. A store that can't be reached throws; what the data forbid is an <see cref="Error"/>.</summary>
public interface IRunStore
{
    Task<Result<Run>> AddAsync(Run run, CancellationToken cancellation = default);

    /// <summary>Adds a run with the first that is logged to it, all or none: nobody sees the one without the other.</summary>
    Task<Result<Run>> AddAsync(Run run, RunBatch logged, CancellationToken cancellation = default);

    /// <summary>Replaces version <c>run.Version</c> and gives back the record with the next version; Conflict when another write came first.</summary>
    Task<Result<Run>> UpdateAsync(Run run, CancellationToken cancellation = default);

    /// <summary>The same with what is logged to the run by it, all or none.</summary>
    Task<Result<Run>> UpdateAsync(Run run, RunBatch logged, CancellationToken cancellation = default);

    Task<Result<Run>> GetAsync(string id, CancellationToken cancellation = default);

    /// <summary>An experiment's runs (all experiments' when null), the newest first.</summary>
    Task<IReadOnlyList<Run>> ListAsync(string? experimentId = null, CancellationToken cancellation = default);

    /// <summary>Queued runs, and running ones without a lease that still holds at <paramref name="now"/>, the oldest first; tracked runs are their clients' to attend to.</summary>
    Task<IReadOnlyList<Run>> ListUnattendedAsync(DateTimeOffset now, CancellationToken cancellation = default);

    /// <summary>How many runs there are of each status; a status without runs may be left out.</summary>
    Task<IReadOnlyDictionary<RunStatus, long>> CountAsync(CancellationToken cancellation = default);

    /// <summary>Experiment id → its live runs, archived ones left out; an experiment without any is left out.</summary>
    Task<IReadOnlyDictionary<string, RunCounts>> CountByExperimentAsync(CancellationToken cancellation = default);
}
