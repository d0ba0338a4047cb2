using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Grains.Contracts;
using Mtl.Learning.Metrics;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;
using Orleans;

namespace Mtl.Grains;

/// <inheritdoc cref="ITaskGrain"/>
public sealed class TaskGrain(IExperimentStore experiments, IRunStore runs, IMetricStore metrics) : Grain, ITaskGrain
{
    public async Task<Reply<TaskOverview>> Describe()
    {
        var key = this.GetPrimaryKeyString();
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            return Error.Invalid($"'{key}' is no task; a task's key is its experiment's id, '/', and its name.");

        var (experimentId, name) = (key[..slash], key[(slash + 1)..]);
        var experiment = await experiments.GetAsync(experimentId);
        if (!experiment.IsSuccess)
            return experiment.Error;

        var tasks = experiment.Value.Definition?.Tasks ?? [];
        if (tasks.FirstOrDefault(task => task.Name == name) is not { } definition)
            return Error.NotFound($"Experiment '{experiment.Value.Name}' has no task '{name}'; it has {string.Join(", ", tasks.Select(task => task.Name))}.");

        var completed = (await runs.ListAsync(experimentId)).Where(run => run.Status == RunStatus.Completed).ToArray();
        var latest = await metrics.LatestAsync([.. completed.Select(run => run.Id)]);
        var primary = MetricTable.PrimaryOf(definition.Kind).Key;
        double? ValueOf(Run run) => latest.GetValueOrDefault(run.Id)?.TryGetValue($"{name}/test_{primary}", out var value) == true ? value : null;

        var results = new List<TaskRunResult>();
        foreach (var run in completed.Where(run => run.Kind == RunKind.MultiTask))
            if (ValueOf(run) is { } value)
                results.Add(new TaskRunResult(run.Id, value, await WeightsOf(run.Id, name)));

        var baseline = completed.FirstOrDefault(run => run.Kind == RunKind.Baseline);
        return new TaskOverview(DefinitionJson.Write(definition), primary, baseline is null ? null : ValueOf(baseline), [.. results]);
    }

    private async Task<double[]> WeightsOf(string runId, string task) =>
        (await metrics.HistoryAsync(runId)).TryGetValue($"{task}/weight", out var points) ? [.. points.Select(point => point.Value)] : [];
}
