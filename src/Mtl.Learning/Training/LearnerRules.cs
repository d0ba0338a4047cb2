using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Learning.Classical;
using Mtl.Learning.Classical.Features;
using Mtl.Learning.Losses;
using Mtl.Learning.Preprocessing;

namespace Mtl.Learning.Training;

/// <summary>Makes the learner that a definition asks for, where its data and tasks are such as a classical method can learn.</summary>
internal static class LearnerRules
{
    /// <summary>The classical learner for the training rows; null when a network is to be trained.</summary>
    public static Result<Learner?> Make(ExperimentDefinition definition, IReadOnlyList<TaskPlan> tasks, FeaturePlan features, TrainingData data, int[] trainRows)
    {
        var isPlain = definition.FeatureSpace.Key == Learners.PlainFeatures;
        if (definition.IsNetwork())
        {
            return isPlain
                ? (Learner?)null
                : Error.Invalid($"Feature space '{definition.FeatureSpace.Key}' is for classical learners; a network's encoder makes its own.", "Take feature space 'plain', or a classical learner.", "featureSpace");
        }

        if (definition.Transfer is not null)
            return Error.Invalid($"Learner '{definition.Learner.Key}' solves its problem anew; there are no shared parameters to start from.", "Leave the transfer out, or train a network.", "transfer");
        if (definition.Regularizers.Count > 0)
            return Error.Invalid($"Learner '{definition.Learner.Key}' has its own penalties, and regularizer '{definition.Regularizers[0].Key}' is for a network's parameters.", "Leave the regularizers out.", "regularizers");
        if ((BrokenInputs(definition, features) ?? BrokenTasks(definition.Learner.Key, tasks)) is { } error)
            return error;

        LearnerTask[] learned = [.. tasks.Select(task => new LearnerTask(task.Name, task.Kind, task.Target.Outputs, task.Target.Values, task.Target.Labelled))];
        var given = new LearnerData(data.Features, data.FeatureCount, trainRows, learned, definition.Training.Seed);
        return LearnerTable.Methods.Create(definition.Learner).Then(make => isPlain
            ? make!(given).Map<Learner?>(learner => learner)
            : FeatureSpaceTable.Methods.Create(definition.FeatureSpace).Then(fit => fit!(given)).Then(space =>
                make!(MappedLearner.Map(space, given)).Map<Learner?>(learner => new MappedLearner(space, learner))));
    }

    private static Error? BrokenInputs(ExperimentDefinition definition, FeaturePlan features)
    {
        var key = definition.Learner.Key;
        if (features.Modalities.Count > 0)
        {
            return Error.Invalid(
                $"Learner '{key}' takes numbers and categories in columns, and the inputs have modality '{features.Modalities[0].Name}'.", "Leave it out, or train a network with an encoder for it.", "learner");
        }

        if (features.Columns.OfType<CategoricalInput>().FirstOrDefault(column => column.IsEmbedded) is { } embedded)
        {
            return Error.Invalid(
                $"Learner '{key}' takes numbers, and column '{embedded.Name}' with its {embedded.Count - 1} categories goes to a learned embedding.",
                $"Raise preprocessing.oneHotLimit (it is {definition.Preprocessing.OneHotLimit}) so that it becomes one-hot features, or exclude it.",
                "learner");
        }

        return features.FeatureCount > 0
            ? null
            : Error.Invalid($"Learner '{key}' takes numbers, and the inputs give no dense features.", "Include numeric or categorical columns.", "learner");
    }

    private static Error? BrokenTasks(string key, IReadOnlyList<TaskPlan> tasks)
    {
        for (var index = 0; index < tasks.Count; index++)
        {
            var task = tasks[index];
            if (task.Kind is not (TaskKind.Regression or TaskKind.Binary or TaskKind.Multiclass))
            {
                return Error.Invalid(
                    $"Learner '{key}' is for regression, binary and multiclass tasks, and task '{task.Name}' is {task.Kind.ToString().ToLowerInvariant()}.", "Train a network.", $"tasks[{index}].kind");
            }

            if (task.Definition.Loss is { } loss && loss.Key != LossTable.DefaultFor(task.Kind).Key)
            {
                return Error.Invalid(
                    $"Learner '{key}' fits {LossTable.DefaultFor(task.Kind).Key}, and task '{task.Name}' asks for loss '{loss.Key}'.", "Leave the loss out, or train a network.", $"tasks[{index}].loss");
            }
        }

        return null;
    }
}
