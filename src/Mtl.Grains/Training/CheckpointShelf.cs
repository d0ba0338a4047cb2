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

    /// <summary>The newest checkpoint that reads whole, and what was wrong with newer ones.</summary>
    public async Task<(Checkpoint? Checkpoint, IReadOnlyList<string> Unreadable)> NewestAsync()
    {
        var unreadable = new List<string>();
        foreach (var path in await PathsAsync())
        {
            await using var stream = (await artifacts.OpenAsync(runId, path)).Value;
            var read = Checkpoint.Read(stream);
            if (read.IsSuccess)
                return (read.Value, unreadable);
            unreadable.Add($"{path}: {read.Error.Message}");
        }

        return (null, unreadable);
    }

    public async Task ClearAsync()
    {
        foreach (var path in await PathsAsync())
            await artifacts.DeleteAsync(runId, path);
    }

    private async Task<string[]> PathsAsync() =>
        [.. (await artifacts.ListAsync(runId)).Select(file => file.Path).Where(RunFiles.IsCheckpoint).OrderDescending(StringComparer.Ordinal)];
}
