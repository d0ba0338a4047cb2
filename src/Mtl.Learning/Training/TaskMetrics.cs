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
            foreach (var metric in MetricTable.For(plan.Tasks[task].Kind))
                if (metric.Of(new Predictions(plan.Tasks[task].Kind, evaluation.Predictions[task], targets, mask)) is var value && !double.IsNaN(value))
                    yield return new MetricValue($"{name}/{split}_{metric.Key}", value);
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
            foreach (var metric in MetricTable.For(pool.Kind))
            {
                if (metric.Of(new Predictions(pool.Kind, predictions, targets, mask)) is var value && double.IsNaN(value))
                    continue;
                yield return new MetricValue($"{pool.Name}/{split}_{metric.Key}", value);
                if (pool.Tasks.Length == plan.Tasks.Count)
                    yield return new MetricValue($"all/{split}_{metric.Key}", value);
            }
        }
    }

    /// <summary>The confusion matrices of the classification tasks.</summary>
    public static IEnumerable<TaskConfusion> Confusion(TrainingPlan plan, Evaluation evaluation)
    {
        for (var task = 0; task < plan.Tasks.Count; task++)
        {
            if (plan.Tasks[task].Target.Labels.Count == 0)
                continue;
            var (targets, mask) = Labels(plan, evaluation, task);
            var matrix = ConfusionMatrix.Of(new Predictions(plan.Tasks[task].Kind, evaluation.Predictions[task], targets, mask));
            yield return new TaskConfusion(plan.Tasks[task].Name, plan.Tasks[task].Target.Labels, matrix.ToRows());
        }
    }

    private static (float[] Targets, float[] Mask) Labels(TrainingPlan plan, Evaluation evaluation, int task) => (
        Array.ConvertAll(evaluation.Rows[task], plan.Tasks[task].Target.Measured),
        Array.ConvertAll(evaluation.Rows[task], row => plan.Data.Labelled[task][row]));
}
