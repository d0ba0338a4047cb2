using System.Globalization;
using Mtl.Core;

namespace Mtl.Learning.Training;

/// <summary>Finds out where training has left the numbers, and says so.</summary>
internal static class NotANumber
{
    /// <summary>The first task whose loss is not finite.</summary>
    public static string? InLosses(TrainingPlan plan, ReadOnlySpan<float> losses)
    {
        for (var task = 0; task < plan.Tasks.Count; task++)
            if (!float.IsFinite(losses[task]))
                return plan.Tasks[task].Name;
        return null;
    }

    /// <summary>The first task whose own parameters' gradient is not finite; none when that is so for shared parameters only.</summary>
    public static string? InGradients(TrainingPlan plan, TrainingStep step)
    {
        for (var task = 0; task < plan.Tasks.Count; task++)
            foreach (var gradient in step.Gradients.All[step.Model.TaskRanges[task]])
                if (!float.IsFinite(gradient))
                    return plan.Tasks[task].Name;
        return null;
    }

    /// <param name="what"><c>loss</c>, <c>gradient</c> or <c>validation loss</c>.</param>
    /// <param name="task">The task's name; null for shared parameters.</param>
    /// <param name="step">The step it happened at.</param>
    /// <param name="epoch">The epoch it happened in.</param>
    /// <param name="learningRate">The rate then.</param>
    public static Error Failure(string what, string? task, long step, int epoch, double learningRate) => Error.Invalid(
        $"The {what} of {(task is null ? "the shared parameters" : $"task '{task}'")} is no longer a number at step {step} (epoch {epoch}).",
        string.Create(CultureInfo.InvariantCulture, $"Lower the learning rate (it was {learningRate:G3}), clip gradients (training.clipNorm), or look for extreme values in the columns. The last checkpoint is unharmed."));
}
