using Mtl.Core.Definitions;
using Mtl.Learning.Losses;
using Mtl.Learning.Metrics;

namespace Mtl.Learning.Training;

/// <summary>The metrics of an evaluation, by task.</summary>
internal static class TaskMetrics
{
    /// <summary><c>{task}/{split}_loss</c>, then every metric of the task's kind that is defined here.</summary>
    public static IEnumerable<MetricValue> Of(TrainingPlan plan, Evaluation evaluation, string split)
    {
        for (var task = 0; task < plan.Tasks.Count; task++)
        {
            var name = plan.Tasks[task].Name;
            yield return new MetricValue($"{name}/{split}_loss", evaluation.Losses[task]);
            var (targets, mask) = Labels(plan, evaluation, task);
            foreach (var (key, value) in Values(plan.Tasks[task], evaluation.Predictions[task], targets, mask))
                yield return new MetricValue($"{name}/{split}_{key}", value);
        }
    }

    /// <summary>
    /// The metrics of each pool over the rows of all of its tasks, <c>{template}/{split}_{metric}</c>, with the mean of the tasks' losses as <c>{template}/{split}_loss</c>; where there is no other
    /// task, the metrics as <c>all/{split}_{metric}</c> too.
    /// </summary>
    public static IEnumerable<MetricValue> Pooled(TrainingPlan plan, Evaluation evaluation, string split)
    {
        foreach (var pool in plan.Pools)
        {
            yield return new MetricValue($"{pool.Name}/{split}_loss", pool.Tasks.Average(task => evaluation.Losses[task]));
            var labels = pool.Tasks.Select(task => Labels(plan, evaluation, task)).ToArray();
            float[] predictions = [.. pool.Tasks.SelectMany(task => evaluation.Predictions[task])];
            float[] targets = [.. labels.SelectMany(own => own.Targets)];
            float[] mask = [.. labels.SelectMany(own => own.Mask)];
            foreach (var (key, value) in Values(plan.Tasks[pool.Tasks[0]], predictions, targets, mask))
            {
                yield return new MetricValue($"{pool.Name}/{split}_{key}", value);
                if (pool.Tasks.Length == plan.Tasks.Count)
                    yield return new MetricValue($"all/{split}_{key}", value);
            }
        }
    }

    /// <summary>The confusion matrices of the tasks with one of several labels to a row, or to a word.</summary>
    public static IEnumerable<TaskConfusion> Confusion(TrainingPlan plan, Evaluation evaluation)
    {
        for (var task = 0; task < plan.Tasks.Count; task++)
        {
            if (plan.Tasks[task].Kind is not (TaskKind.Binary or TaskKind.Multiclass or TaskKind.Tagging))
                continue;
            var (targets, mask) = Labels(plan, evaluation, task);
            var predictions = new Predictions(plan.Tasks[task].Kind, evaluation.Predictions[task], targets, mask, plan.Tasks[task].Target.MeasuredWidth);
            var matrix = ConfusionMatrix.Of(predictions.Kind == TaskKind.Tagging ? predictions.EachWord() : predictions);
            yield return new TaskConfusion(plan.Tasks[task].Name, plan.Tasks[task].Target.Labels, matrix.ToRows());
        }
    }

    /// <summary>Every metric of the task's kind that is defined here.</summary>
    private static IEnumerable<(string Key, double Value)> Values(TaskPlan task, float[] predictions, float[] targets, float[] mask)
    {
        double[] levels = [.. task.Loss.Distribution?.Levels ?? []];
        foreach (var metric in MetricTable.For(task.Kind))
        {
            var value = metric.Of(new Predictions(task.Kind, predictions, targets, mask, task.Target.MeasuredWidth) { Levels = levels, HasDeviation = task.Loss is GaussianLikelihood, Tags = task.Target.Labels });
            if (!double.IsNaN(value))
                yield return (metric.Key, value);
        }
    }

    private static (float[] Targets, float[] Mask) Labels(TrainingPlan plan, Evaluation evaluation, int task)
    {
        var (target, rows) = (plan.Tasks[task].Target, evaluation.Rows[task]);
        var targets = new float[checked(rows.Length * target.MeasuredWidth)];
        for (var i = 0; i < rows.Length; i++)
            target.Measure(rows[i], targets.AsSpan(i * target.MeasuredWidth, target.MeasuredWidth));
        return (targets, Array.ConvertAll(rows, row => plan.Data.Labelled[task][row]));
    }
}
