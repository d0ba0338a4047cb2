using Mtl.Application.Datasets;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Data.Profiling;
using Mtl.Tracking.Datasets;

namespace Mtl.Dashboard.Tests.Development;

internal sealed class DevelopmentDatasets(TimeProvider time) : IDatasets
{
    public static LeakSuspicion Leak { get; } = new("price_eur", "price", "R²", 0.999, "'price_eur' determines price (R² = 0.999): it is probably a copy of it.");

    private readonly Dataset homes = new("homes", "sample-homes.csv", "/data/sample-homes.csv", true, 312_000, "", 4200, 9, time.GetUtcNow());

    public Task<IReadOnlyList<Dataset>> ListAsync(CancellationToken cancellation = default) => Task.FromResult<IReadOnlyList<Dataset>>([homes]);

    public Task<Result<Dataset>> GetAsync(string id, CancellationToken cancellation = default) => Task.FromResult<Result<Dataset>>(id == homes.Id ? homes : Error.NotFound($"There is no table '{id}'."));

    public async Task<Result<Dataset>> UploadAsync(string fileName, Stream content, CancellationToken cancellation = default)
    {
        await content.CopyToAsync(Stream.Null, cancellation);
        return fileName.EndsWith(".csv", StringComparison.Ordinal) ? homes : Error.Invalid($"'{fileName}' is not a table: its first line holds no separator.", "Save it as CSV or Parquet and send it again.");
    }

    public Task<Result<Dataset>> AddPathAsync(string path, CancellationToken cancellation = default) =>
        Task.FromResult<Result<Dataset>>(path == homes.Path ? homes : Error.NotFound($"There is no file '{path}' on the server.", "Check the path, or upload the file."));

    public Task<Result<TableProfile>> ProfileAsync(string id, CancellationToken cancellation = default) => Task.FromResult<Result<TableProfile>>(MadeUpTable.Profile);

    public Task<Result<IReadOnlyList<LeakSuspicion>>> LeaksAsync(string id, IReadOnlyList<TaskDefinition> tasks, CancellationToken cancellation = default) =>
        Task.FromResult<Result<IReadOnlyList<LeakSuspicion>>>(tasks.Any(task => task.Column == "price") ? [Leak] : Array.Empty<LeakSuspicion>());

    public Task<Result<string>> RemoveAsync(string id, CancellationToken cancellation = default) => Task.FromResult<Result<string>>(id);
}
