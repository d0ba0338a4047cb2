using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Data.Profiling;
using Mtl.Data.Reading;
using Mtl.Data.Tables;
using Mtl.Tracking.Datasets;
using Mtl.Tracking.Experiments;

namespace Mtl.Application.Datasets;

/// <inheritdoc cref="IDatasets"/>
internal sealed class DatasetService(IDatasetStore datasets, IExperimentStore experiments, ProfileCache profiles, ApplicationOptions options, TimeProvider time,
    IAccess access, IOwnership ownership, IAuditTrail audit) : IDatasets
{
    private const int LongestName = 255;

    public async Task<IReadOnlyList<Dataset>> ListAsync(CancellationToken cancellation = default)
    {
        var isReadable = await access.ReadableAsync(ResourceKind.Dataset, cancellation);
        return [.. (await datasets.ListAsync(cancellation)).Where(dataset => isReadable(dataset.Id))];
    }

    public async Task<Result<Dataset>> GetAsync(string id, CancellationToken cancellation = default) =>
        await access.RefuseAsync(Permission.Read, Resource.Dataset(id), cancellation) is { } refusal ? refusal : await datasets.GetAsync(id, cancellation);

    public async Task<Result<Dataset>> UploadAsync(string fileName, Stream content, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Edit, Resource.Platform, cancellation) is { } refusal)
            return refusal;
        var name = Path.GetFileName(fileName.Replace('\\', '/'));
        if (name.Length == 0)
            return Error.Invalid("The uploaded file has no name.", "Send its name with it (?name=table.csv).");
        if (name.Length > LongestName || name.Any(char.IsControl))
            return Error.Invalid($"The uploaded file's name must have 1 to {LongestName} characters and no control characters.", "Rename the file.");

        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var path = Path.Combine(options.DatasetsFolder, name.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) ? $"{id}.parquet" : $"{id}.csv");
        var incoming = Path.Combine(options.IncomingFolder, Path.GetFileName(path));
        try
        {
            var written = await UploadedTable.WriteAsync(content, incoming, options.MaximumUploadBytes, cancellation);
            if (!written.IsSuccess)
                return written.Error;

            var table = await ReadAsync(incoming, name, cancellation);
            if (!table.IsSuccess)
                return table.Error;
            File.Move(incoming, path);
            return await AddAsync(new Dataset(id, name, path, IsOwned: true, written.Value.Bytes, written.Value.Sha256, table.Value.RowCount, table.Value.Columns.Count, time.GetUtcNow()), table.Value);
        }
        finally
        {
            File.Delete(incoming);
        }
    }

    public async Task<Result<Dataset>> AddPathAsync(string path, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Manage, Resource.Platform, cancellation) is { } refusal)
            return refusal.Kind == ErrorKind.Forbidden ? Refusals.ServerFile() : refusal;
        if (!Path.IsPathFullyQualified(path))
            return Error.Invalid($"'{path}' is not an absolute path.", "Give the file's whole path on the server.", "path");
        if (!File.Exists(path))
            return Error.NotFound($"There is no file '{path}' on the server.", "Check the path, or upload the file.");

        var full = Path.GetFullPath(path);
        var name = Path.GetFileName(full);
        var table = await ReadAsync(full, name, cancellation);
        if (!table.IsSuccess)
            return table.Error;
        var hashed = await UploadedTable.HashAsync(full, cancellation);
        if (!hashed.IsSuccess)
            return hashed.Error;
        var sha256 = hashed.Value;
        if ((await datasets.ListAsync(cancellation)).FirstOrDefault(known => known.Path == full && known.Sha256 == sha256) is { } known)
            return known;
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        return await AddAsync(
            new Dataset(id, name, full, IsOwned: false, new FileInfo(full).Length, sha256, table.Value.RowCount, table.Value.Columns.Count, time.GetUtcNow()), table.Value);
    }

    public async Task<Result<TableProfile>> ProfileAsync(string id, CancellationToken cancellation = default)
    {
        var dataset = await GetAsync(id, cancellation);
        if (!dataset.IsSuccess)
            return dataset.Error;
        if (profiles.Find(id) is { } profile)
            return profile;
        var table = await ReadAsync(dataset.Value.Path, dataset.Value.Name, cancellation);
        return table.Map(table => profiles.Add(id, TableProfile.Of(table)));
    }

    public async Task<Result<IReadOnlyList<LeakSuspicion>>> LeaksAsync(string id, IReadOnlyList<TaskDefinition> tasks, CancellationToken cancellation = default)
    {
        var dataset = await GetAsync(id, cancellation);
        if (!dataset.IsSuccess)
            return dataset.Error;
        var table = await ReadAsync(dataset.Value.Path, dataset.Value.Name, cancellation);
        return table.IsSuccess ? Result.Of(await Task.Run(() => Leaks.Find(table.Value, tasks), cancellation)) : table.Error;
    }

    public async Task<Result<string>> RemoveAsync(string id, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Manage, Resource.Dataset(id), cancellation) is { } refusal)
            return refusal;
        var dataset = await datasets.GetAsync(id, cancellation);
        if (!dataset.IsSuccess)
            return dataset.Error;

        if ((await experiments.ListAsync(cancellation)).FirstOrDefault(experiment => experiment.Definition?.Data.Datasets().Contains(id) == true) is { } user)
        {
            var isReadable = await access.ReadableAsync(ResourceKind.Experiment, cancellation);
            return Error.Conflict($"The dataset '{dataset.Value.Name}' is used by {(isReadable(user.Id) ? $"the experiment '{user.Name}'" : "an experiment of others")}.", "Delete that experiment first.");
        }

        var removed = await datasets.RemoveAsync(id, cancellation);
        profiles.Remove(id);
        if (removed.IsSuccess && dataset.Value.IsOwned)
            File.Delete(dataset.Value.Path);
        if (removed.IsSuccess)
            await audit.NoteAsync("dataset.delete", Resource.Dataset(id), dataset.Value.Name);
        return removed.Map(_ => id);
    }

    private async Task<Dataset> AddAsync(Dataset dataset, Table table)
    {
        await ownership.TakeAsync(Resource.Dataset(dataset.Id));
        await datasets.AddAsync(dataset, CancellationToken.None);
        await audit.NoteAsync("dataset.add", Resource.Dataset(dataset.Id), dataset.Name);
        profiles.Add(dataset.Id, TableProfile.Of(table));
        return dataset;
    }

    private static Task<Result<Table>> ReadAsync(string path, string name, CancellationToken cancellation) =>
        Task.Run(() => TableReader.Read(path, new TableReadOptions { DisplayName = name }, cancellation), cancellation);
}
