namespace Mtl.Tracking.People;

/// <summary>Which experiments things belong to or come of, as permissions follow from that. Thread-safe.</summary>
public interface IOriginStore
{
    /// <summary>The run's experiment; null when there is no such run.</summary>
    Task<string?> ExperimentOfRunAsync(string runId, CancellationToken cancellation = default);

    /// <summary>The logged model's experiment; null when there is no such model.</summary>
    Task<string?> ExperimentOfLoggedModelAsync(string modelId, CancellationToken cancellation = default);

    /// <summary>The experiments whose runs gave versions of a registered model; null when there is no model of that name.</summary>
    Task<IReadOnlyList<string>?> ExperimentsOfModelAsync(string name, CancellationToken cancellation = default);

    /// <summary>The same of all registered models that have versions from runs.</summary>
    Task<ILookup<string, string>> ExperimentsOfModelsAsync(CancellationToken cancellation = default);

    /// <summary>Whether there is an experiment (<c>experiment</c>) or a dataset (<c>dataset</c>) of that id, deleted ones included.</summary>
    Task<bool> ExistsAsync(string kind, string id, CancellationToken cancellation = default);
}
