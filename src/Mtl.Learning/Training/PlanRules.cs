using System.Globalization;
using Mtl.Core;
using Mtl.Learning.Architectures;
using Mtl.Learning.Optimizers;
using Mtl.Learning.Regularizers;
using Mtl.Learning.Weightings;

namespace Mtl.Learning.Training;

/// <summary>Which methods do not go together, as only the model that they make for the data tells: a table of rules, each giving the complaint with what would work instead, or null when all is well.</summary>
internal static class PlanRules
{
    /// <summary>Most gradient tensors of a step: with more, making the step's graph and loading it takes minutes and gigabytes.</summary>
    private const int MostTaskGradients = 20_000;

    private static readonly Func<TrainingPlan, Model, Error?>[] Rules =
    [
        (plan, _) => RepresentationRule.Broken(plan),
        (plan, model) => (SharesNothing(model, plan.MakeWeighting()), plan.Frozen is not null) switch
        {
            (false, _) => null,
            (true, true) => Error.Invalid(
                $"On a frozen trunk the tasks share no parameters that are trained, so weighting '{plan.Definition.Weighting.Key}' has nothing to weigh.",
                "Take weighting ew with it, or train the trunk on (transfer.freeze: false).",
                "weighting"),
            (true, false) => Error.Invalid(
                $"With architecture '{plan.Definition.Architecture.Key}' the tasks share no parameters, so weighting '{plan.Definition.Weighting.Key}' has nothing to weigh.",
                "Take weighting ew with it, or an architecture that shares parameters, such as hps.",
                "weighting"),
        },
        (plan, model) => (Tasks: plan.Tasks.Count, Tensors: model.Parameters.Count(parameter => parameter.Task is null)) is var (tasks, tensors) && plan.MakeWeighting() is GradientBalancer && (long)tasks * tensors > MostTaskGradients
            ? Error.Invalid(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Weighting '{plan.Definition.Weighting.Key}' takes each task's gradient of each shared tensor: with architecture '{plan.Definition.Architecture.Key}' those of {tasks:N0} tasks for {tensors:N0} tensors, {(long)tasks * tensors:N0} a step. At most {MostTaskGradients:N0} are computed."),
                "Take a weighting of losses such as ew, uw or famo, or an architecture whose shared part does not grow with the tasks, such as hps or mmoe.",
                "weighting")
            : null,
        (plan, _) => plan.MakeWeighting().NeedsPositiveLosses && plan.Tasks.FirstOrDefault(task => task.Loss.CanBeNegative) is { } task
            ? Error.Invalid(
                $"Weighting '{plan.Definition.Weighting.Key}' takes logarithms, ratios or sizes of the losses, but that of task '{task.Name}' falls below 0.",
                "Take a weighting such as ew or upgrad, or another loss for the task.",
                "weighting")
            : null,
        (plan, model) => plan.MakeOptimizer(1) is LBfgs && model.StepValues.Count > 0
            ? Error.Invalid(
                $"Optimizer '{plan.Definition.Optimizer.Key}' compares one objective between steps, but the model has what changes at every step ({model.StepValues[0].Name}).",
                "Set dropout and noise to 0 in encoder and architecture, or take an optimizer that steps batch by batch, such as adam.",
                "optimizer")
            : null,
        (plan, model) => plan.Regularizers.Select(regularizer => regularizer.Refuse(new RegularizedWeights(model.Parameters, plan.Tasks.Count))).FirstOrDefault(error => error is not null),
    ];

    /// <summary>What is wrong with a plan first; null when nothing is.</summary>
    public static Error? Broken(TrainingPlan plan)
    {
        var model = plan.BuildModel(plan.Features.PreprocessedInputs(), training: true);
        return Rules.Select(rule => rule(plan, model)).FirstOrDefault(error => error is not null);
    }

    private static bool SharesNothing(Model model, Weighting weighting) => weighting switch
    {
        EqualWeighting => false,
        GradientBalancer => model.SharedLength == 0,
        _ => !model.IsJoint,
    };
}
