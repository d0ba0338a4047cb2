using Mtl.Core;
using Mtl.Learning.Training;
using Mtl.Tracking.Artifacts;
using Mtl.Tracking.Runs;

namespace Mtl.Grains.Training;

/// <summary>The last checkpoints of one run. Two are kept, so that one which a crash has torn leaves the one before it.</summary>
internal sealed class CheckpointShelf(string runId, IArtifactStore artifacts)
{
    private const int Kept = 2;

    public async Task SaveAsync(Checkpoint checkpoint)
    {
        var written = await artifacts.WriteAsync(runId, RunFiles.Checkpoint(checkpoint.Step), stream =>
        {
            checkpoint.Write(stream);
            return Task.CompletedTask;
        });
        _ = written.Value;
        foreach (var old in (await PathsAsync()).Skip(Kept))
            await artifacts.DeleteAsync(runId, old);
    }

    /// <summary>The newest checkpoint that reads whole, and what was wrong with newer ones, which are removed so that they can't push good ones off the shelf.</summary>
    public async Task<(Checkpoint? Checkpoint, IReadOnlyList<string> Unreadable)> NewestAsync()
    {
        var unreadable = new List<string>();
        foreach (var path in await PathsAsync())
        {
            var read = await ReadAsync(path);
            if (read.IsSuccess)
                return (read.Value, unreadable);
            unreadable.Add($"'{path}' can't be used: {read.Error.Message}");
            await artifacts.DeleteAsync(runId, path);
        }

        return (null, unreadable);
    }

    public async Task ClearAsync()
    {
        foreach (var path in await PathsAsync())
            await artifacts.DeleteAsync(runId, path);
    }

    private async Task<Result<Checkpoint>> ReadAsync(string path)
    {
        var opened = await artifacts.OpenAsync(runId, path);
        if (!opened.IsSuccess)
            return opened.Error;
        await using var stream = opened.Value;
        return Checkpoint.Read(stream);
    }

    private async Task<string[]> PathsAsync() =>
        [.. (await artifacts.ListAsync(runId)).Select(file => file.Path).Where(RunFiles.IsCheckpoint).OrderDescending(StringComparer.Ordinal)];
}
