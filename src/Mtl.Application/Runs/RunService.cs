using System.Runtime.CompilerServices;
using System.Text.Json;
using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Grains.Contracts;
using Mtl.Tracking.Artifacts;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Search;
using Orleans;
using Orleans.Runtime;

namespace Mtl.Application.Runs;

/// <inheritdoc cref="IRuns"/>
internal sealed class RunService(
    IRunStore runs, IMetricStore metrics, ILogStore logs, IArtifactStore artifacts, IModelStore models, ISearch search, RunSummaries summaries, IGrainFactory grains,
    TrackedRunWatch tracked, TrackedRunCommands trackedCommands, AllowedStream allowed, IAccess access, IAuditTrail audit) : IRuns
{
    public async Task<IReadOnlyList<RunSummary>> ListAsync(string? experimentId = null, CancellationToken cancellation = default)
    {
        var isReadable = await access.ReadableAsync(ResourceKind.Experiment, cancellation);
        return await summaries.OfAsync([.. (await runs.ListAsync(experimentId, cancellation)).Where(run => run.DeletedAt is null && isReadable(run.ExperimentId))], cancellation);
    }

    public async Task<Result<Page<RunSummary>>> PageAsync(string experimentId, string? token = null, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Read, Resource.Experiment(experimentId), cancellation) is { } refusal)
            return refusal;
        var page = await search.RunsAsync([experimentId], new SearchQuery([], [], IRuns.PageSize, token), RecordView.Active, cancellation);
        return page.IsSuccess ? new Page<RunSummary>(await summaries.OfAsync(page.Value.Items, cancellation), page.Value.NextToken) : page.Error;
    }

    public async Task<IReadOnlyList<RunSummary>> OfAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellation = default)
    {
        var found = new List<Run>(runIds.Count);
        foreach (var id in runIds.Distinct())
        {
            if (await FindAsync(id, cancellation) is { IsSuccess: true, Value: { DeletedAt: null } run })
                found.Add(run);
        }

        return await summaries.OfAsync(found, cancellation);
    }

    public async Task<Result<RunDetails>> GetAsync(string runId, CancellationToken cancellation = default)
    {
        var stored = await FindAsync(runId, cancellation);
        if (!stored.IsSuccess)
            return stored.Error;

        var run = stored.Value;
        var summary = (await summaries.OfAsync([run], cancellation))[0];
        var comparison = await ReadAsync<BaselineComparison>(runId, RunFiles.Comparison, cancellation);
        var model = await models.ExportOfAsync(runId, cancellation);
        return new RunDetails(
            summary,
            run.Definition,
            await ReadAsync<RunResult>(runId, RunFiles.Result, cancellation),
            comparison,
            model is null ? "" : $"{model.Name}/{model.Version}",
            model?.ParityError);
    }

    public Task<Result<RunStatus>> PauseAsync(string runId, CancellationToken cancellation = default) => CommandAsync(runId, RunCommand.Pause, grain => grain.Pause(), cancellation);

    public Task<Result<RunStatus>> ResumeAsync(string runId, CancellationToken cancellation = default) => CommandAsync(runId, RunCommand.Resume, grain => grain.Resume(), cancellation);

    public Task<Result<RunStatus>> CancelAsync(string runId, CancellationToken cancellation = default) => CommandAsync(runId, RunCommand.Cancel, grain => grain.Cancel(), cancellation);

    public async Task<Result<IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>>>> MetricsAsync(
        string runId, int maximumPoints = 2000, CancellationToken cancellation = default)
    {
        var stored = await FindAsync(runId, cancellation);
        if (!stored.IsSuccess)
            return stored.Error;

        // Clients log at step 0 and below it, too.
        var afterStep = stored.Value.Kind == RunKind.Tracked ? long.MinValue : 0;
        return Result.Of(await metrics.HistoryAsync(runId, afterStep, maximumPoints, cancellation));
    }

    public async Task<Result<IReadOnlyList<LogLine>>> LogAsync(string runId, long afterSequence = 0, int limit = 1000, CancellationToken cancellation = default)
    {
        var stored = await FindAsync(runId, cancellation);
        return stored.IsSuccess ? Result.Of(await logs.ReadAsync(runId, afterSequence, limit, cancellation)) : stored.Error;
    }

    public IAsyncEnumerable<RunUpdate> WatchAsync(string runId, long afterStep = 0, long afterLogSequence = 0, CancellationToken cancellation = default) =>
        allowed.OfAsync(Resource.Run(runId), over => ChangesAsync(runId, afterStep, afterLogSequence, over), cancellation);

    private async IAsyncEnumerable<RunUpdate> ChangesAsync(string runId, long afterStep, long afterLogSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await runs.GetAsync(runId, cancellation) is { IsSuccess: true, Value.Kind: RunKind.Tracked })
        {
            await foreach (var update in tracked.ChangesAsync(runId, afterStep, cancellation))
                yield return update;
            yield break;
        }

        var cursor = new MetricCursor(afterStep);
        bool? isThere;
        do
        {
            await using var changes = Grain(runId).Watch(cursor.ReadAfter, afterLogSequence, cancellation).GetAsyncEnumerator(cancellation);
            while ((isThere = await MoveAsync(changes)) == true)
            {
                var update = UpdateOf(changes.Current, cursor);
                afterLogSequence = update.Log.Select(line => line.Sequence).Append(afterLogSequence).Max();
                yield return update;
            }
        }
        while (isThere is null);
    }

    /// <summary>Whether there is another change; null when the run's grain has gone, so that it is to be asked anew.</summary>
    private static async Task<bool?> MoveAsync(IAsyncEnumerator<RunEvent> changes)
    {
        try
        {
            return await changes.MoveNextAsync();
        }
        catch (EnumerationAbortedException)
        {
            return null;
        }
    }

    private static RunUpdate UpdateOf(RunEvent change, MetricCursor cursor)
    {
        if (change.RewoundTo is { } step)
            cursor.Rewind(step);
        var progress = new RunProgress(change.Step, change.TotalSteps, change.Epoch, change.Epochs, change.TrainingSeconds);
        return new RunUpdate(
            change.Status,
            progress,
            RunSummaries.SecondsLeft(change.Status, progress),
            cursor.Take(change.Points.Select(point => new MetricPoint(point.Key, point.Step, point.Value, point.Time))),
            [.. change.Log.Select(line => new LogLine(line.Sequence, line.Step, line.Time, line.Severity, line.Message))])
        {
            RewoundTo = change.RewoundTo,
        };
    }

    public async Task<Result<IReadOnlyList<ArtifactFile>>> ArtifactsAsync(string runId, CancellationToken cancellation = default)
    {
        var stored = await FindAsync(runId, cancellation);
        return stored.IsSuccess ? Result.Of(await artifacts.ListAsync(runId, cancellation)) : stored.Error;
    }

    public async Task<Result<Stream>> OpenArtifactAsync(string runId, string path, CancellationToken cancellation = default)
    {
        var stored = await FindAsync(runId, cancellation);
        return stored.IsSuccess ? await artifacts.OpenAsync(runId, path, cancellation) : stored.Error;
    }

    /// <summary>The run, when the caller may see it.</summary>
    private async Task<Result<Run>> FindAsync(string runId, CancellationToken cancellation) =>
        await access.RefuseAsync(Permission.Read, Resource.Run(runId), cancellation) is { } refusal ? refusal : await runs.GetAsync(runId, cancellation);

    private async Task<Result<RunStatus>> CommandAsync(string runId, RunCommand command, Func<IRunGrain, Task<Reply<RunStatus>>> ask, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(Permission.Edit, Resource.Run(runId), cancellation) is { } refusal)
            return refusal;
        var run = await runs.GetAsync(runId, cancellation);
        if (!run.IsSuccess)
            return run.Error;
        var done = run.Value.Kind == RunKind.Tracked ? await trackedCommands.DoAsync(runId, command, cancellation) : (await ask(Grain(runId))).ToResult();
        if (done.IsSuccess)
            await audit.NoteAsync($"run.{command.ToString().ToLowerInvariant()}", Resource.Run(runId));
        return done;
    }

    private IRunGrain Grain(string runId) => grains.GetGrain<IRunGrain>(runId);

    private async Task<T?> ReadAsync<T>(string runId, string path, CancellationToken cancellation)
        where T : class
    {
        var opened = await artifacts.OpenAsync(runId, path, cancellation);
        if (!opened.IsSuccess)
            return null;
        await using var stream = opened.Value;
        return await JsonSerializer.DeserializeAsync<T>(stream, DefinitionJson.Options, cancellation);
    }
}
