using System.Runtime.CompilerServices;
using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Tracking.Artifacts;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Collaboration.Archives;

/// <inheritdoc cref="IRunArchives"/>
internal sealed class RunArchiveService(
    IRunStore runs, IExperimentStore experiments, IRunDataStore data, IMetricReader metrics, ILogStore logs, IArtifactStore artifacts, RunImport import, IAccess access, IAuditTrail audit, TimeProvider time) : IRunArchives
{
    private const int PageOfPoints = 10_000;
    private const int PageOfLines = 1000;

    public async Task<Result<RunExport>> ExportAsync(string runId, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Read, Resource.Run(runId), cancellation) is { } refusal)
            return refusal;
        var found = await runs.GetAsync(runId, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var run = found.Value;
        var experiment = (await experiments.GetAsync(run.ExperimentId, cancellation)).Match(value => value.Name, _ => "");
        return new RunExport($"run-{run.Id}.zip", async (target, token) =>
        {
            var carried = (await data.OfAsync([runId], token))[runId];
            var keys = (await metrics.SummariesAsync([runId], token)).TryGetValue(runId, out var series) ? series.Keys.Order(StringComparer.Ordinal).ToArray() : [];
            var files = await artifacts.ListAsync(runId, token);
            var contents = new RunContents(
                new ArchivedRun(run.Id, run.Name, experiment, run.Status, run.Failure, run.Owner, run.CreatedAt, run.StartedAt, run.EndedAt),
                run.Definition is null ? null : DefinitionJson.Write(run.Definition),
                carried.Parameters,
                carried.Tags,
                carried.Datasets,
                PointsAsync(runId, keys, token),
                LogAsync(runId, token),
                [.. files.Select(file => file.Path).Where(path => !RunFiles.IsCheckpoint(path))],
                path => artifacts.OpenAsync(runId, path, token));
            await RunArchiveWriter.WriteAsync(target, contents, time.GetUtcNow(), token);
        });
    }

    public async Task<Result<string>> ImportAsync(string experimentId, Stream archive, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Edit, Resource.Experiment(experimentId), cancellation) is { } refusal)
            return refusal;
        var experiment = await experiments.GetAsync(experimentId, cancellation);
        if (!experiment.IsSuccess)
            return experiment.Error;
        if (experiment.Value.IsDeleted)
            return Error.Conflict($"The experiment '{experiment.Value.Name}' is deleted; nothing can be imported there.", "Restore it, or choose another one.");
        var taken = await import.TakeAsync(experimentId, access.Caller.Name, archive, cancellation);
        if (taken.IsSuccess)
            await audit.NoteAsync("run.import", Resource.Run(taken.Value), experimentId);
        return taken;
    }

    private async IAsyncEnumerable<MetricPoint> PointsAsync(string runId, IReadOnlyList<string> keys, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var key in keys)
        {
            MetricPoint? last = null;
            IReadOnlyList<MetricPoint> page;
            do
            {
                page = await metrics.PageAsync(runId, key, last, PageOfPoints, cancellation);
                foreach (var point in page)
                    yield return point;
                if (page.Count > 0)
                    last = page[^1];
            }
            while (page.Count == PageOfPoints);
        }
    }

    private async IAsyncEnumerable<LogLine> LogAsync(string runId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = 0L;
        IReadOnlyList<LogLine> page;
        do
        {
            page = await logs.ReadAsync(runId, after, PageOfLines, cancellation);
            foreach (var line in page)
                yield return line;
            if (page.Count > 0)
                after = page[^1].Sequence;
        }
        while (page.Count == PageOfLines);
    }
}
