using Mtl.Core;

namespace Mtl.Tracking.Datasets;

/// <summary>Known tables. Thread-safe.</summary>
public interface IDatasetStore
{
    Task AddAsync(Dataset dataset, CancellationToken cancellation = default);

    Task<Result<Dataset>> GetAsync(string id, CancellationToken cancellation = default);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<Dataset>> ListAsync(CancellationToken cancellation = default);

    Task<Result<bool>> RemoveAsync(string id, CancellationToken cancellation = default);
}
