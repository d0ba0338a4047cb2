using Mtl.Core;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Runs;

/// <summary>What people do with a run that a client logs: nothing here trains it, so it can only be ended, as when its client is gone.</summary>
internal sealed class TrackedRunCommands(IRunStore runs, TimeProvider time)
{
    /// <summary>Tries of a write that the client's own came before.</summary>
    private const int Tries = 5;

    public async Task<Result<RunStatus>> DoAsync(string runId, RunCommand command, CancellationToken cancellation)
    {
        if (command != RunCommand.Cancel)
            return Error.Conflict($"Run '{runId}' is logged by a client, which alone can {command.ToString().ToLowerInvariant()} it.", "When its client is gone, cancel it.");

        for (var attempt = 1; ; attempt++)
        {
            var stored = await runs.GetAsync(runId, cancellation);
            if (!stored.IsSuccess)
                return stored.Error;
            var next = RunTransitions.Next(runId, stored.Value.Status, command);
            if (!next.IsSuccess)
                return next.Error;
            var written = await runs.UpdateAsync(stored.Value with { Status = next.Value, EndedAt = time.GetUtcNow() }, cancellation);
            if (written.IsSuccess || written.Error.Kind != ErrorKind.Conflict || attempt == Tries)
                return written.Map(run => run.Status);
        }
    }
}
