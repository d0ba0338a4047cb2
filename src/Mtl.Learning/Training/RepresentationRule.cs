using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Learning.Architectures;
using Mtl.Learning.Weightings;

namespace Mtl.Learning.Training;

/// <summary>When a definition may ask for gradients of the representation: with a gradient balancer, and an architecture that has one.</summary>
internal static class RepresentationRule
{
    public static Error? Broken(TrainingPlan plan)
    {
        if (plan.Definition.Training.Gradients != SharedGradients.Representation)
            return null;
        if (plan.MakeWeighting() is not GradientBalancer balancer)
        {
            return Error.Invalid(
                $"Weighting '{plan.Definition.Weighting.Key}' weighs losses; gradients of the representation are for gradient balancers, which combine the tasks' gradients.",
                "Set training.gradients to 'parameters', or take a gradient balancer such as 'pcgrad'.",
                "training.gradients");
        }

        if (plan.Groups is not null)
        {
            return Error.Invalid(
                "The tasks have rows of their own, so their gradients of the representation have no row in common and nothing to balance.",
                "Set training.gradients to 'parameters'.",
                "training.gradients");
        }

        if (balancer.NeedsParameterGradients)
        {
            return Error.Invalid(
                $"Weighting '{plan.Definition.Weighting.Key}' needs gradients of the parameters: it keeps them from step to step or takes them on further batches, where those of a batch's representation mean something else.",
                "Set training.gradients to 'parameters', or take a balancer such as 'pcgrad'.",
                "training.gradients");
        }

        return Representation.Of(plan.BuildModel(plan.Features.PreprocessedInputs(), training: true)) is { IsSuccess: false } refused ? refused.Error : null;
    }
}
