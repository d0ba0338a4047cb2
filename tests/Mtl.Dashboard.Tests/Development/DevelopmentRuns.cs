using System.Runtime.CompilerServices;
using System.Text;
using Mtl.Application.Runs;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Tracking.Artifacts;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Search;

namespace Mtl.Dashboard.Tests.Development;

internal sealed class DevelopmentRuns(DevelopmentLaboratory laboratory) : IRuns
{
    public Task<IReadOnlyList<RunSummary>> ListAsync(string? experimentId = null, CancellationToken cancellation = default) => Task.FromResult<IReadOnlyList<RunSummary>>(
        [.. laboratory.Runs.Values.Where(run => experimentId is null || run.ExperimentId == experimentId).OrderByDescending(run => run.StartsAt).Select(Summary)]);

    public async Task<Result<Page<RunSummary>>> PageAsync(string experimentId, string? token = null, CancellationToken cancellation = default) =>
        new Page<RunSummary>(await ListAsync(experimentId, cancellation), null);

    public Task<IReadOnlyList<RunSummary>> OfAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<RunSummary>>([.. runIds.Where(laboratory.Runs.ContainsKey).Select(id => Summary(laboratory.Runs[id]))]);

    public Task<Result<RunDetails>> GetAsync(string runId, CancellationToken cancellation = default) => Task.FromResult(Find(runId).Map(run => new RunDetails(
        Summary(run), run.Definition, run.Status == RunStatus.Completed ? ResultOf(run) : null, ComparisonOf(run),
        run is { Status: RunStatus.Completed, Kind: RunKind.MultiTask } ? "census-income/3" : "", run.Status == RunStatus.Completed ? 2.4e-7 : null)));

    public Task<Result<RunStatus>> PauseAsync(string runId, CancellationToken cancellation = default) => AskAsync(runId, RunCommand.Pause, run => run.Stop(RunStatus.Paused));

    public Task<Result<RunStatus>> ResumeAsync(string runId, CancellationToken cancellation = default) => AskAsync(runId, RunCommand.Resume, run => run.Resume());

    public Task<Result<RunStatus>> CancelAsync(string runId, CancellationToken cancellation = default) => AskAsync(runId, RunCommand.Cancel, run => run.Stop(RunStatus.Cancelled));

    public Task<Result<IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>>>> MetricsAsync(string runId, int maximumPoints = 2000, CancellationToken cancellation = default) =>
        Task.FromResult(Find(runId).Map(IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>> (run) =>
            run.Points(0).GroupBy(point => point.Key).ToDictionary(group => group.Key, IReadOnlyList<MetricPoint> (group) => [.. group])));

    public Task<Result<IReadOnlyList<LogLine>>> LogAsync(string runId, long afterSequence = 0, int limit = 1000, CancellationToken cancellation = default) =>
        Task.FromResult(Find(runId).Map(IReadOnlyList<LogLine> (run) => [.. run.Log(afterSequence).Take(limit)]));

    public async IAsyncEnumerable<RunUpdate> WatchAsync(
        string runId, long afterStep = 0, long afterLogSequence = 0, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var run = laboratory.Runs[runId];
        while (true)
        {
            var points = run.Points(afterStep).ToArray();
            var lines = run.Log(afterLogSequence).ToArray();
            (afterStep, afterLogSequence) = (Math.Max(afterStep, run.Step), lines.Length > 0 ? lines[^1].Sequence : afterLogSequence);
            var status = run.Status;
            yield return new RunUpdate(status, run.Progress, run.SecondsLeft, points, lines);
            if (status.IsFinal())
                yield break;
            await Task.Delay(TimeSpan.FromMilliseconds(400), laboratory.Time, cancellation);
        }
    }

    public Task<Result<IReadOnlyList<ArtifactFile>>> ArtifactsAsync(string runId, CancellationToken cancellation = default) => Task.FromResult<Result<IReadOnlyList<ArtifactFile>>>(Array.Empty<ArtifactFile>());

    public Task<Result<Stream>> OpenArtifactAsync(string runId, string path, CancellationToken cancellation = default) => Task.FromResult<Result<Stream>>(new MemoryStream(Encoding.UTF8.GetBytes(path)));

    private Result<MadeUpRun> Find(string id) => laboratory.Runs.TryGetValue(id, out var run) ? run : Error.NotFound($"There is no run '{id}'", "It may have been deleted with its experiment.");

    private Task<Result<RunStatus>> AskAsync(string id, RunCommand command, Action<MadeUpRun> act) => Task.FromResult(Find(id).Then(run => RunTransitions.Next(id, run.Status, command).Map(_ =>
    {
        act(run);
        return run.Status;
    })));

    private RunSummary Summary(MadeUpRun run) => new(
        run.Id, run.ExperimentId, laboratory.Experiments.TryGetValue(run.ExperimentId, out var experiment) ? experiment.Definition.Name : "", run.Name, run.Kind, run.Status, run.Method, run.Progress,
        run.SecondsLeft, run.Failure, run.StartsAt, run.StartsAt, run.Status.IsFinal() ? run.StartsAt.AddSeconds(run.Progress.TrainingSeconds) : null, Latest(run), ComparisonOf(run)?.DeltaM);

    private static Dictionary<string, double> Latest(MadeUpRun run) => run.Points(Math.Max(0, run.Step - 90))
        .Where(point => run.Status == RunStatus.Completed || !point.Key.Contains("/test_", StringComparison.Ordinal))
        .GroupBy(point => point.Key).ToDictionary(group => group.Key, group => group.Last().Value);

    private static RunResult ResultOf(MadeUpRun run) => new(
        [.. run.Definition.Tasks.Select(task => new TaskResult(
            task.Name, task.Kind, MadeUpRun.Metrics(task.Kind).ToDictionary(metric => metric.Metric, metric => run.Final($"{task.Name}/test_{metric.Metric}")),
            task.Kind switch { TaskKind.Binary => ["no", task.Positive], TaskKind.Multiclass => ["basic", "standard", "premium"], _ => [] },
            task.Kind switch { TaskKind.Binary => [[3214, 421], [502, 1163]], TaskKind.Multiclass => [[612, 98, 9], [71, 840, 120], [4, 133, 401]], _ => null }))],
        31, 21_315, run.Progress.TrainingSeconds);

    private BaselineComparison? ComparisonOf(MadeUpRun run)
    {
        var baseline = laboratory.Runs.Values.FirstOrDefault(other => other.ExperimentId == run.ExperimentId && other.Kind == RunKind.Baseline);
        if (run is not { Kind: RunKind.MultiTask, Status: RunStatus.Completed } || baseline?.Status != RunStatus.Completed)
            return null;
        TaskComparison[] tasks = [.. run.Definition.Tasks.Select((task, i) =>
        {
            var (metric, from, to) = MadeUpRun.Metrics(task.Kind)[0];
            var (value, other) = (run.Final($"{task.Name}/test_{metric}"), baseline.Final($"{task.Name}/test_{metric}") * (i == 1 ? 1.03 : 1));
            return new TaskComparison(task.Name, metric, to > from, value, other, (to > from ? 1 : -1) * (value - other) / other * 100);
        })];
        return new BaselineComparison(baseline.Id, tasks.Average(task => task.DeltaPercent), tasks);
    }
}
