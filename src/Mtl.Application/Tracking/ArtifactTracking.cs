using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Tracking.Artifacts;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Tracking;

/// <inheritdoc cref="IArtifactTracking"/>
internal sealed class ArtifactTracking(
    IArtifactStore artifacts, ArtifactHomes homes, ILoggedModelStore loggedModels, RunAccess runs, IAccess access, MultipartUploads uploads, ApplicationOptions options) : IArtifactTracking
{
    public async Task<Result<IReadOnlyList<ArtifactEntry>>> ListAsync(ArtifactAddress address, CancellationToken cancellation = default)
    {
        var owner = await OwnerAsync(address, Permission.Read, cancellation);
        return owner.IsSuccess ? await EntriesAsync(address.OwnerId, address.Path, cancellation) : owner.Error;
    }

    public async Task<Result<ArtifactListing>> ListOfRunAsync(string runId, string path, CancellationToken cancellation = default)
    {
        var run = await runs.FindAsync(runId, Permission.Read, cancellation);
        if (!run.IsSuccess)
            return run.Error;
        return await ListingAsync(await homes.OfAsync(run.Value, cancellation), runId, path, cancellation);
    }

    public async Task<Result<ArtifactListing>> ListOfModelAsync(string modelId, string path, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Read, Resource.LoggedModel(modelId), cancellation) is { } refusal)
            return refusal.Or(LoggedModels.NoSuchModel(modelId));
        var model = await loggedModels.GetAsync(modelId, cancellation);
        if (!model.IsSuccess)
            return LoggedModels.NoSuchModel(modelId);
        return await ListingAsync(await homes.OfAsync(model.Value, cancellation), modelId, path, cancellation);
    }

    public async Task<Result<Stream>> OpenAsync(ArtifactAddress address, CancellationToken cancellation = default)
    {
        var owner = await OwnerAsync(address, Permission.Read, cancellation);
        return owner.IsSuccess ? await artifacts.OpenAsync(address.OwnerId, address.Path, cancellation) : owner.Error;
    }

    public async Task<Result<long>> WriteAsync(ArtifactAddress address, Stream content, CancellationToken cancellation = default)
    {
        var owner = await OwnerAsync(address, Permission.Edit, cancellation);
        if (!owner.IsSuccess)
            return owner.Error;
        try
        {
            var written = await artifacts.WriteAsync(address.OwnerId, address.Path, stream => BoundedCopy.ToAsync(content, stream, options.MaximumArtifactBytes, cancellation), cancellation);
            return written.Map(file => file.Bytes);
        }
        catch (BoundedCopy.TooLargeException)
        {
            return BoundedCopy.Refusal(options.MaximumArtifactBytes);
        }
    }

    public async Task<Result<int>> DeleteAsync(ArtifactAddress address, CancellationToken cancellation = default)
    {
        var owner = await OwnerAsync(address, Permission.Edit, cancellation);
        if (!owner.IsSuccess)
            return owner.Error;
        if (address.Path.Length == 0)
            return Error.Invalid("All files of a run can't be deleted at once.", "Name a file or a folder among them.", "path");

        var deleted = 0;
        var files = await artifacts.ListAsync(address.OwnerId, cancellation);
        foreach (var file in files.Where(file => file.Path == address.Path || file.Path.StartsWith($"{address.Path}/", StringComparison.Ordinal)))
        {
            if (owner.Value is { Kind: not RunKind.Tracked } && RunFiles.IsPlatforms(file.Path))
                return Platforms(file.Path);
            var gone = await artifacts.DeleteAsync(address.OwnerId, file.Path, cancellation);
            if (!gone.IsSuccess)
                return gone.Error;
            deleted++;
        }

        return deleted > 0 ? deleted : Error.NotFound($"There is no artifact '{address.Path}'.", "List the artifacts to see which exist.");
    }

    public async Task<Result<UploadTicket>> BeginUploadAsync(ArtifactAddress address, int parts, CancellationToken cancellation = default)
    {
        if (parts is < 1 or > MultipartUploads.MostParts)
            return Error.Invalid($"Invalid value {parts} for parameter 'num_parts' supplied: It must be from 1 to {MultipartUploads.MostParts}.", field: "num_parts");
        var owner = await OwnerAsync(address, Permission.Edit, cancellation);
        return owner.IsSuccess ? uploads.Begin(address, parts) : owner.Error;
    }

    public async Task<Result<string>> WritePartAsync(string uploadId, string secret, int number, Stream content, CancellationToken cancellation = default)
    {
        var file = uploads.Part(uploadId, secret, number);
        if (!file.IsSuccess)
            return file.Error;

        try
        {
            string hash;
            await using (var part = new FileStream(file.Value, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                hash = await BoundedCopy.ToAsync(content, part, options.MaximumArtifactBytes, cancellation);

                // Its name will say what it holds, so it has to hold that whatever happens.
                part.Flush(flushToDisk: true);
            }

            return uploads.Take(uploadId, number, file.Value, hash);
        }
        catch (BoundedCopy.TooLargeException)
        {
            return BoundedCopy.Refusal(options.MaximumArtifactBytes);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            // Completed or given up while the part came in.
            return MultipartUploads.NoSuchUpload();
        }
        finally
        {
            if (File.Exists(file.Value))
                File.Delete(file.Value);
        }
    }

    public async Task<Result<long>> CompleteUploadAsync(ArtifactAddress address, string uploadId, IReadOnlyList<(int Number, string Tag)> parts, CancellationToken cancellation = default)
    {
        var owner = await OwnerAsync(address, Permission.Edit, cancellation);
        if (!owner.IsSuccess)
            return owner.Error;
        var files = uploads.Files(uploadId, address, parts);
        if (!files.IsSuccess)
            return files.Error;
        try
        {
            if (files.Value.Sum(file => new FileInfo(file).Length) > options.MaximumArtifactBytes)
                return BoundedCopy.Refusal(options.MaximumArtifactBytes);

            var written = await artifacts.WriteAsync(
                address.OwnerId,
                address.Path,
                async whole =>
                {
                    foreach (var file in files.Value)
                    {
                        await using var part = File.OpenRead(file);
                        await part.CopyToAsync(whole, cancellation);
                    }
                },
                cancellation);
            if (written.IsSuccess)
                uploads.Drop(uploadId);
            return written.Map(file => file.Bytes);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Completed, given up or sent otherwise by another request meanwhile.
            return uploads.Check(uploadId, address)
                ?? Error.Invalid($"A part of the upload '{uploadId}' was sent again while it was completed.", "Complete it again, with the tags that its parts have now.", "parts");
        }
    }

    public async Task<Result<string>> AbortUploadAsync(ArtifactAddress address, string uploadId, CancellationToken cancellation = default)
    {
        var owner = await OwnerAsync(address, Permission.Edit, cancellation);
        if (!owner.IsSuccess)
            return owner.Error;
        if (uploads.Check(uploadId, address) is { } missing)
            return missing;
        uploads.Drop(uploadId);
        return uploadId;
    }

    /// <summary>The run at an address (null for a logged model), if the caller may do this there and the address is its own.</summary>
    private async Task<Result<Run?>> OwnerAsync(ArtifactAddress address, Permission needed, CancellationToken cancellation)
    {
        if (!address.IsModel)
        {
            var run = needed == Permission.Read ? await runs.FindAsync(address.OwnerId, needed, cancellation) : await runs.FindLiveAsync(address.OwnerId, needed, cancellation);
            if (!run.IsSuccess)
                return run.Error;
            if (run.Value.ExperimentId != address.ExperimentId)
                return Error.NotFound($"Run with id={address.OwnerId} not found in experiment {address.ExperimentId}");
            return needed != Permission.Read && run.Value.Kind != RunKind.Tracked && RunFiles.IsPlatforms(address.Path) ? Platforms(address.Path) : run.Value;
        }

        if (await access.RefuseAsync(needed, Resource.LoggedModel(address.OwnerId), cancellation) is { } refusal)
            return refusal.Or(LoggedModels.NoSuchModel(address.OwnerId));
        var model = await loggedModels.GetAsync(address.OwnerId, cancellation);
        return model.IsSuccess && model.Value.ExperimentId == address.ExperimentId ? (Run?)null : LoggedModels.NoSuchModel(address.OwnerId);
    }

    private async Task<Result<ArtifactListing>> ListingAsync(string rootUri, string ownerId, string path, CancellationToken cancellation)
    {
        if (!rootUri.StartsWith(ArtifactAddress.Scheme, StringComparison.Ordinal))
            return Error.Invalid($"The files are at {rootUri}, where the experiment keeps them; this server does not read there.", "Read them there with the client's own credentials.", "run_id");
        return (await EntriesAsync(ownerId, path, cancellation)).Map(entries => new ArtifactListing(rootUri, entries));
    }

    private async Task<Result<IReadOnlyList<ArtifactEntry>>> EntriesAsync(string ownerId, string path, CancellationToken cancellation)
    {
        var folder = path.Trim('/');
        if (path.StartsWith('/') || folder.Split('/').Any(name => name is "." or "..") || folder.Contains('\\', StringComparison.Ordinal))
            return Error.Invalid($"Invalid path: '{path[..Math.Min(path.Length, 200)]}'. It must be relative to the run's files, without '..'.", field: "path");

        var prefix = folder.Length == 0 ? "" : $"{folder}/";
        var entries = new SortedDictionary<string, long?>(StringComparer.Ordinal);
        foreach (var file in (await artifacts.ListAsync(ownerId, cancellation)).Where(file => file.Path.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var end = file.Path.IndexOf('/', prefix.Length);
            entries[end < 0 ? file.Path : file.Path[..end]] = end < 0 ? file.Bytes : null;
        }

        return entries.Select(entry => new ArtifactEntry(entry.Key, entry.Value)).ToArray();
    }

    private static Error Platforms(string path) =>
        Error.Invalid($"The platform trains this run, and '{path}' is its own file; clients can't change it.", "Write to another path, or to a run of your own.", "path");
}
