using System.Security.Cryptography;
using Mtl.Application.Datasets;
using Mtl.Application.Tracking;
using Mtl.Core;
using Mtl.Tracking.Artifacts;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Collaboration.Archives;

/// <summary>
/// Takes in a run's archive. The file is brought to disk and looked at first; the run is made archived, filled, and brought to light last, so that one that breaks off is never seen and goes with the
/// archived runs.
/// </summary>
internal sealed class RunImport(IRunStore runs, IRunDataStore data, ILogStore logs, IArtifactStore artifacts, ApplicationOptions options, ArchiveLimits limits, TimeProvider time)
{
    private const int PointsAtOnce = 5000;
    private const int LinesAtOnce = 1000;

    /// <summary>Where an imported run says what it was where it comes from.</summary>
    private const string SourceTag = "mtl.import.run";

    private static readonly Dictionary<string, string> Nothing = [];

    public async Task<Result<string>> TakeAsync(string experimentId, string owner, Stream archive, CancellationToken cancellation)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var file = Path.Combine(options.IncomingFolder, $"{id}.zip");
        try
        {
            if ((await UploadedTable.WriteAsync(archive, file, options.MaximumUploadBytes, cancellation)).Error is not null)
                return Error.TooLarge($"The archive is larger than {options.MaximumUploadBytes / (1 << 20):N0} MiB, the most that is accepted.", "Start the server with a larger bound, or leave large artifacts out.");
            await using var stream = File.OpenRead(file);
            using var reader = RunArchiveReader.Open(stream, limits);
            var manifest = await reader.ManifestAsync(cancellation);
            return await FillAsync(RunOf(id, experimentId, owner, manifest.Run), reader, manifest, cancellation);
        }
        catch (ArchiveRefusedException e)
        {
            return Error.Invalid($"The file can't be imported as a run: {e.Message}.", "Export the run again where it comes from, and send that file as it is.");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Run RunOf(string id, string experimentId, string owner, ArchivedRun source) => new(id, experimentId, source.Name, RunKind.Tracked, null, source.CreatedAt)
    {
        Status = source.Status.IsFinal() ? source.Status : RunStatus.Cancelled,
        StartedAt = source.StartedAt,
        EndedAt = source.EndedAt,
        Failure = source.Failure,
        Owner = owner.Length > 0 ? owner : source.User,
        DeletedAt = time.GetUtcNow(),
    };

    private async Task<Result<string>> FillAsync(Run run, RunArchiveReader reader, ArchiveManifest manifest, CancellationToken cancellation)
    {
        if (TextRules.RefuseName("run's name", run.Name, "name") is { } wrong)
            return wrong;
        var parameters = await reader.TextsAsync(ArchiveEntries.Params, cancellation);
        var tags = new Dictionary<string, string>(await reader.TextsAsync(ArchiveEntries.Tags, cancellation)) { [SourceTag] = manifest.Run.Id };
        var inputs = await reader.InputsAsync(cancellation);
        if (inputs.Select(TrackingRules.Dataset).FirstOrDefault(error => error is not null) is { } unfit)
            return unfit;
        var added = await runs.AddAsync(run, new RunBatch([], parameters, tags), cancellation);
        if (!added.IsSuccess)
            return added.Error;

        await data.AddInputsAsync(run.Id, inputs, [], cancellation);
        await foreach (var points in reader.PointsAsync(cancellation).Chunk(PointsAtOnce).WithCancellation(cancellation))
        {
            if ((await data.LogAsync(run.Id, new RunBatch(points, Nothing, Nothing), cancellation)).Error is { } error)
                return error;
        }

        await foreach (var lines in reader.LogAsync(cancellation).Chunk(LinesAtOnce).WithCancellation(cancellation))
            await logs.AppendAsync(run.Id, lines, cancellation);
        foreach (var file in manifest.Artifacts)
        {
            if (await CopyAsync(run.Id, reader, file, cancellation) is { } error)
                return error;
        }

        return (await runs.UpdateAsync(added.Value with { DeletedAt = null }, cancellation)).Map(seen => seen.Id);
    }

    private async Task<Error?> CopyAsync(string runId, RunArchiveReader reader, ArchivedFile file, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var written = await artifacts.WriteAsync(
            runId,
            file.Path,
            async target =>
            {
                await using var source = reader.OpenArtifact(file.Path);
                var buffer = new byte[1 << 16];
                int read;
                while ((read = await source.ReadAsync(buffer, cancellation)) > 0)
                {
                    hash.AppendData(buffer, 0, read);
                    await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
                }
            },
            cancellation);
        if (!written.IsSuccess)
            return written.Error;
        if (string.Equals(Convert.ToHexString(hash.GetHashAndReset()), file.Sha256, StringComparison.OrdinalIgnoreCase))
            return null;
        return Error.Invalid($"The file can't be imported as a run: the artifact '{file.Path}' is not the one that was exported (its SHA-256 differs).", "Export the run again where it comes from.");
    }
}
