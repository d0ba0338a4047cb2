using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Data.Profiling;
using Mtl.Tracking.Datasets;

namespace Mtl.Application.Datasets;

/// <summary>What a person does with tables.</summary>
public interface IDatasets
{
    Task<IReadOnlyList<Dataset>> ListAsync(CancellationToken cancellation = default);

    Task<Result<Dataset>> GetAsync(string id, CancellationToken cancellation = default);

    /// <summary>Stores and reads an uploaded file; TooLarge beyond the configured limit, Invalid when it isn't a table. Nothing stays behind of a refused file.</summary>
    Task<Result<Dataset>> UploadAsync(string fileName, Stream content, CancellationToken cancellation = default);

    /// <summary>Registers a file on the server by its path.</summary>
    Task<Result<Dataset>> AddPathAsync(string path, CancellationToken cancellation = default);

    /// <summary>Types, missing values, cardinality, histograms, suggestions, first rows. Kept in memory for the tables last asked for.</summary>
    Task<Result<TableProfile>> ProfileAsync(string id, CancellationToken cancellation = default);

    /// <summary>Columns that give a task's labels away, with the measure that says so.</summary>
    Task<Result<IReadOnlyList<LeakSuspicion>>> LeaksAsync(string id, IReadOnlyList<TaskDefinition> tasks, CancellationToken cancellation = default);

    Task<Result<string>> RemoveAsync(string id, CancellationToken cancellation = default);
}
