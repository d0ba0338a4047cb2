using Mtl.Learning.Analysis;
using Mtl.Learning.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Grains.Training;

/// <summary>Compares a run's test results with its baseline's, by each task's primary metric.</summary>
internal static class Comparisons
{
    public static BaselineComparison Compare(string baselineRunId, RunResult own, RunResult baseline)
    {
        var tasks = own.Tasks.Select(task => (task.Task, Change: ChangeOf(task, baseline.Tasks.First(other => other.Task == task.Task)))).ToArray();
        var deltaM = new DeltaM([.. tasks.Select(task => new TaskDelta(task.Task, [task.Change]))]);
        return new BaselineComparison(
            baselineRunId,
            deltaM.Percent,
            [.. tasks.Select(task => new TaskComparison(
                task.Task, task.Change.Metric, task.Change.HigherIsBetter, task.Change.Value, task.Change.Baseline, task.Change.Percent))]);
    }

    private static MetricChange ChangeOf(TaskResult task, TaskResult baseline)
    {
        var primary = MetricTable.PrimaryOf(task.Kind);
        return new MetricChange(
            primary.Key, primary.HigherIsBetter is true, task.Metrics.GetValueOrDefault(primary.Key, double.NaN), baseline.Metrics.GetValueOrDefault(primary.Key, double.NaN));
    }
}
