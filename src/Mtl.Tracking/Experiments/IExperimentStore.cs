using Mtl.Core;

namespace Mtl.Tracking.Experiments;

/// <summary>Experiments. Thread-safe. A store that can't be reached throws; what the data forbid is an <see cref="Error"/>.</summary>
public interface IExperimentStore
{
    /// <summary>Adds a new experiment; Conflict when a live one has its name.</summary>
    Task<Result<Experiment>> AddAsync(Experiment experiment, CancellationToken cancellation = default);

    /// <summary>Replaces version <c>experiment.Version</c> and gives back the record with the next version; Conflict when another write came first or the name is taken.</summary>
    Task<Result<Experiment>> UpdateAsync(Experiment experiment, CancellationToken cancellation = default);

    Task<Result<Experiment>> GetAsync(string id, CancellationToken cancellation = default);

    /// <summary>The live experiment of that name; NotFound when there is none.</summary>
    Task<Result<Experiment>> GetByNameAsync(string name, CancellationToken cancellation = default);

    /// <summary>Live experiments, the one last updated first.</summary>
    Task<IReadOnlyList<Experiment>> ListAsync(CancellationToken cancellation = default);
}
