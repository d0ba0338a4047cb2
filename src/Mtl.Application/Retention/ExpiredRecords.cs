using Microsoft.Extensions.Logging;
using Mtl.Tracking.Artifacts;
using Mtl.Tracking.Models;
using Mtl.Tracking.Retention;

namespace Mtl.Application.Retention;

/// <summary>Removes what has run out. Files go before the record that names them, so that what a crash interrupts the next time completes.</summary>
internal sealed partial class ExpiredRecords(IRetentionStore store, ILoggedModelStore models, IArtifactStore artifacts, ILogger<ExpiredRecords> logger)
{
    public async Task<Removal> RemoveAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var expired = await store.ExpiredRunsAsync(before, cancellation);
        var runs = 0;
        foreach (var id in expired.Ids)
            runs += await store.RemoveRunAsync(id, before, () => artifacts.DeleteAllAsync(id, cancellation), cancellation) ? 1 : 0;
        var logged = 0;
        foreach (var id in await store.ExpiredModelsAsync(before, cancellation))
        {
            await artifacts.DeleteAllAsync(id, cancellation);
            logged += (await models.RemoveAsync(id, cancellation)).IsSuccess ? 1 : 0;
        }

        var experiments = 0;
        foreach (var id in await store.ExpiredExperimentsAsync(before, cancellation))
            experiments += await store.RemoveExperimentAsync(id, before, cancellation) ? 1 : 0;

        if (runs + logged + experiments > 0)
            LogRemoved(runs, logged, experiments);
        return new Removal(runs, logged, experiments, expired.Needed);
    }

    [LoggerMessage(LogLevel.Information, "Removed for good what was deleted long ago: {Runs} runs, {LoggedModels} logged models, {Experiments} experiments.")]
    private partial void LogRemoved(int runs, int loggedModels, int experiments);
}
