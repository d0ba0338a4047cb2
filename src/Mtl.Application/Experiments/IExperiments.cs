using Mtl.Core;
using Mtl.Core.Definitions;

namespace Mtl.Application.Experiments;

/// <summary>What a person does with experiments.</summary>
public interface IExperiments
{
    /// <summary>Live experiments, the one last updated first.</summary>
    Task<IReadOnlyList<ExperimentSummary>> ListAsync(CancellationToken cancellation = default);

    Task<Result<ExperimentDetails>> GetAsync(string id, CancellationToken cancellation = default);

    /// <summary>The live experiment of that name.</summary>
    Task<Result<ExperimentDetails>> GetByNameAsync(string name, CancellationToken cancellation = default);

    /// <summary>Checks and stores a new experiment; gives back its id.</summary>
    Task<Result<string>> CreateAsync(ExperimentDefinition definition, CancellationToken cancellation = default);

    /// <summary>Replaces the definition that later runs use; runs keep the one they were started with.</summary>
    Task<Result<string>> UpdateAsync(string id, ExperimentDefinition definition, CancellationToken cancellation = default);

    Task<Result<string>> DeleteAsync(string id, CancellationToken cancellation = default);

    /// <summary>
    /// Starts a run of the experiment's definition, or of a variant of it (same data and tasks; another architecture, weighting, options, seed), and, unless switched off, the single-task
    /// baseline when there is none yet with the same data, split, encoder and training options. Gives back the ids of the runs, the multi-task one first.
    /// </summary>
    Task<Result<IReadOnlyList<string>>> StartAsync(string id, ExperimentDefinition? variant = null, CancellationToken cancellation = default);
}
