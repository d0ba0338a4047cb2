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
        Array.ConvertAll(evaluation.Rows, plan.Tasks[task].Target.Measured),
        Array.ConvertAll(evaluation.Rows, row => plan.Data.Labelled[task][row]));
}
