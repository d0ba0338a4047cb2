using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Data.Profiling;
using Mtl.Data.Reading;
using Mtl.Data.Tables;
using Mtl.Tracking.Datasets;

namespace Mtl.Application.Datasets;

/// <inheritdoc cref="IDatasets"/>
internal sealed class DatasetService(IDatasetStore datasets, ApplicationOptions options, TimeProvider time) : IDatasets
{
    private const int LongestName = 255;

    private readonly ProfileCache profiles = new();

    public Task<IReadOnlyList<Dataset>> ListAsync(CancellationToken cancellation = default) => datasets.ListAsync(cancellation);

    public Task<Result<Dataset>> GetAsync(string id, CancellationToken cancellation = default) => datasets.GetAsync(id, cancellation);

    public async Task<Result<Dataset>> UploadAsync(string fileName, Stream content, CancellationToken cancellation = default)
    {
        var name = Path.GetFileName(fileName.Replace('\\', '/'));
        if (name.Length == 0)
            return Error.Invalid("The uploaded file has no name.", "Send its name with it (?name=table.csv).");
        if (name.Length > LongestName || name.Any(char.IsControl))
            return Error.Invalid($"The uploaded file's name must have 1 to {LongestName} characters and no control characters.", "Rename the file.");

        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var path = Path.Combine(options.DatasetsFolder, name.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) ? $"{id}.parquet" : $"{id}.csv");
        var isAdded = false;
        try
        {
            var written = await UploadedTable.WriteAsync(content, path, options.MaximumUploadBytes, cancellation);
            if (!written.IsSuccess)
                return written.Error;

            var added = await AddAsync(id, name, path, isOwned: true, written.Value.Bytes, written.Value.Sha256, cancellation);
            isAdded = added.IsSuccess;
            return added;
        }
        finally
        {
            if (!isAdded)
                File.Delete(path);
        }
    }

    public async Task<Result<Dataset>> AddPathAsync(string path, CancellationToken cancellation = default)
    {
        if (!Path.IsPathFullyQualified(path))
            return Error.Invalid($"'{path}' is not an absolute path.", "Give the file's whole path on the server.", "path");
        if (!File.Exists(path))
            return Error.NotFound($"There is no file '{path}' on the server.", "Check the path, or upload the file.");

        var full = Path.GetFullPath(path);
        var hashed = await UploadedTable.HashAsync(full, cancellation);
        if (!hashed.IsSuccess)
            return hashed.Error;
        var sha256 = hashed.Value;
        if ((await datasets.ListAsync(cancellation)).FirstOrDefault(known => known.Path == full && known.Sha256 == sha256) is { } known)
            return known;
        return await AddAsync(
            Guid.CreateVersion7(time.GetUtcNow()).ToString("N"), Path.GetFileName(full), full, isOwned: false, new FileInfo(full).Length, sha256, cancellation);
    }

    public async Task<Result<TableProfile>> ProfileAsync(string id, CancellationToken cancellation = default)
    {
        if (profiles.Find(id) is { } profile)
            return profile;

        var dataset = await datasets.GetAsync(id, cancellation);
        if (!dataset.IsSuccess)
            return dataset.Error;
        var table = await ReadAsync(dataset.Value.Path, dataset.Value.Name, cancellation);
        return table.Map(table => profiles.Add(id, TableProfile.Of(table)));
    }

    public async Task<Result<IReadOnlyList<LeakSuspicion>>> LeaksAsync(string id, IReadOnlyList<TaskDefinition> tasks, CancellationToken cancellation = default)
    {
        var dataset = await datasets.GetAsync(id, cancellation);
        if (!dataset.IsSuccess)
            return dataset.Error;
        var table = await ReadAsync(dataset.Value.Path, dataset.Value.Name, cancellation);
        return table.IsSuccess ? Result.Of(await Task.Run(() => Leaks.Find(table.Value, tasks), cancellation)) : table.Error;
    }

    public async Task<Result<string>> RemoveAsync(string id, CancellationToken cancellation = default)
    {
        var dataset = await datasets.GetAsync(id, cancellation);
        if (!dataset.IsSuccess)
            return dataset.Error;

        var removed = await datasets.RemoveAsync(id, cancellation);
        profiles.Remove(id);
        if (removed.IsSuccess && dataset.Value.IsOwned)
            File.Delete(dataset.Value.Path);
        return removed.Map(_ => id);
    }

    private async Task<Result<Dataset>> AddAsync(string id, string name, string path, bool isOwned, long bytes, string sha256, CancellationToken cancellation)
    {
        var table = await ReadAsync(path, name, cancellation);
        if (!table.IsSuccess)
            return table.Error;

        var dataset = new Dataset(id, name, path, isOwned, bytes, sha256, table.Value.RowCount, table.Value.Columns.Count, time.GetUtcNow());
        await datasets.AddAsync(dataset, cancellation);
        profiles.Add(id, TableProfile.Of(table.Value));
        return dataset;
    }

    private static Task<Result<Table>> ReadAsync(string path, string name, CancellationToken cancellation) =>
        Task.Run(() => TableReader.Read(path, new TableReadOptions { DisplayName = name }, cancellation), cancellation);
}
