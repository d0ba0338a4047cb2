using Mtl.Core;

namespace Mtl.Tracking.Runs;

/// <summary>What clients and grains log to runs. Thread-safe. Whether the run exists and may be written is the caller's to see to.</summary>
public interface IRunDataStore
{
    /// <summary>Writes a batch, all or none. A parameter keeps its value: the same value again is no error, another one is Invalid and names key and both values. Tags are replaced. NotFound when a metric is about a logged model that is not there.</summary>
    Task<Result<bool>> LogAsync(string runId, RunBatch batch, CancellationToken cancellation = default);

    /// <summary>By run id; a run without any has empty lists.</summary>
    Task<IReadOnlyDictionary<string, RunData>> OfAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellation = default);

    /// <summary>Adds datasets (one per name and digest; known ones stay) and models that the run reads.</summary>
    Task AddInputsAsync(string runId, IReadOnlyList<DatasetInput> datasets, IReadOnlyList<ModelLink> models, CancellationToken cancellation = default);

    /// <summary>Adds models that the run wrote.</summary>
    Task AddOutputsAsync(string runId, IReadOnlyList<ModelLink> models, CancellationToken cancellation = default);
}
