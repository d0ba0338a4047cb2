using Mtl.Core;
using Mtl.Tracking.Artifacts;

namespace Mtl.Storage.Artifacts;

/// <summary>The runs' files under one folder: <c>{root}/{runId}/{path}</c>. Files being written are in <c>{root}/.incoming</c>; what a crash left there goes at the next start.</summary>
internal sealed class DiskArtifactStore : IArtifactStore
{
    private const int MostAttempts = 10;

    private readonly string root;
    private readonly string incoming;

    public DiskArtifactStore(string root)
    {
        this.root = root;
        incoming = Path.Combine(root, ".incoming");
        if (Directory.Exists(incoming))
            Directory.Delete(incoming, recursive: true);
        Directory.CreateDirectory(incoming);
    }

    public async Task<Result<ArtifactFile>> WriteAsync(string runId, string path, Func<Stream, Task> write, CancellationToken cancellation = default)
    {
        var located = Locate(runId, path);
        if (!located.IsSuccess)
            return located.Error;
        if (InTheWay(runId, path, located.Value) is { } obstacle)
            return obstacle;

        var temporary = Path.Combine(incoming, $"{Guid.NewGuid():N}");
        try
        {
            var bytes = await DurableFile.FillAsync(temporary, write, cancellation).ConfigureAwait(false);
            Place(temporary, located.Value);
            return new ArtifactFile(path, bytes, File.GetLastWriteTimeUtc(located.Value));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && InTheWay(runId, path, located.Value) is { } inTheWay)
        {
            // Written since it was looked for.
            return inTheWay;
        }
        catch (IOException e) when (DurableFile.IsFull(e))
        {
            return Error.Full($"The disk that holds the artifacts is full: '{path}' of run '{runId}' was not written.", "Make room on it, then send the file again.");
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Task<Result<Stream>> OpenAsync(string runId, string path, CancellationToken cancellation = default) =>
        Task.FromResult(Locate(runId, path).Then<Stream>(file =>
        {
            try
            {
                if (File.Exists(file))
                    return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 16, useAsync: false);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // Deleted since it was looked for.
            }

            return Error.NotFound($"The run '{runId}' has no artifact '{path}'.", "List the run's artifacts to see which exist.");
        }));

    public Task<IReadOnlyList<ArtifactFile>> ListAsync(string runId, CancellationToken cancellation = default)
    {
        var folder = ArtifactPath.RunFolder(runId).Map(name => new DirectoryInfo(Path.Combine(root, name)));
        return Task.FromResult<IReadOnlyList<ArtifactFile>>(folder is { IsSuccess: true, Value: { Exists: true, LinkTarget: null } run } ? FilesOf(run) : []);
    }

    public Task<Result<bool>> DeleteAsync(string runId, string path, CancellationToken cancellation = default) =>
        Task.FromResult(Locate(runId, path).Map(file =>
        {
            var existed = File.Exists(file);
            if (existed)
            {
                File.Delete(file);
                LeaveEmptyFolders(file, Path.Combine(root, runId));
            }

            return existed;
        }));

    public Task<Result<bool>> DeleteAllAsync(string runId, CancellationToken cancellation = default) => Task.Run(
        () => ArtifactPath.RunFolder(runId).Map(name =>
        {
            var folder = Path.Combine(root, name);
            if (!Directory.Exists(folder))
                return false;

            // Renamed first: no reader sees half of them, and what a crash leaves goes at the next start.
            var leaving = Path.Combine(incoming, $"{Guid.NewGuid():N}");
            Directory.Move(folder, leaving);
            Directory.Delete(leaving, recursive: true);
            return true;
        }),
        cancellation);

    /// <summary>Files that go while they are listed are left out.</summary>
    private static ArtifactFile[] FilesOf(DirectoryInfo run)
    {
        try
        {
            return
            [
                .. run.EnumerateFiles("*", WithoutLinks)
                    .Where(file => file.Exists)
                    .Select(file => new ArtifactFile(Path.GetRelativePath(run.FullName, file.FullName).Replace('\\', '/'), file.Length, file.LastWriteTimeUtc))
                    .OrderBy(file => file.Path, StringComparer.Ordinal),
            ];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static EnumerationOptions WithoutLinks => new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    /// <summary>The absolute path, or Invalid when the text is no artifact path or a symbolic link lies on the way.</summary>
    private Result<string> Locate(string runId, string path) => ArtifactPath.RunFolder(runId).Then(folder => ArtifactPath.Parse(path).Then<string>(names =>
    {
        var here = Path.Combine(root, folder);
        foreach (var name in names)
        {
            if (IsLink(here))
                break;
            here = Path.Combine(here, name);
        }

        return IsLink(here)
            ? Error.Invalid($"The artifact '{path}' of run '{runId}' can't be used: a symbolic link lies on its way.", "Replace the link in the data folder by the file or folder itself.", "path")
            : here;
    }));

    /// <summary>Puts a file in its place, again when somebody has just taken away an empty folder on its way.</summary>
    private static void Place(string temporary, string file)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                DurableFile.Place(temporary, file);
                return;
            }
            catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException && attempt < MostAttempts)
            {
                // The next attempt makes the folder anew.
            }
        }
    }

    /// <summary>Takes away the folders that held nothing but the file, so that a file may have their names.</summary>
    private static void LeaveEmptyFolders(string file, string run)
    {
        for (var folder = Path.GetDirectoryName(file)!; folder.Length > run.Length; folder = Path.GetDirectoryName(folder)!)
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (IOException)
            {
                // Not empty, or gone already.
                return;
            }
        }
    }

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    /// <summary>A file can't take the place of a folder, nor lie within a file.</summary>
    private Error? InTheWay(string runId, string path, string file)
    {
        if (Directory.Exists(file))
            return Error.Conflict($"The artifact '{path}' of run '{runId}' can't be written: a folder of that name exists.", "Write it under another path.");
        for (var folder = Path.GetDirectoryName(file)!; folder.Length > root.Length; folder = Path.GetDirectoryName(folder)!)
        {
            if (File.Exists(folder))
            {
                return Error.Conflict(
                    $"The artifact '{path}' of run '{runId}' can't be written: '{Path.GetFileName(folder)}' on its way is a file.",
                    "Write it under another path.");
            }
        }

        return null;
    }
}
