using Mtl.Core;
using Mtl.Learning.Weightings;
using Mtl.Learning.Weightings.Solvers;

namespace Mtl.Learning.Training;

/// <summary>What a weighting does around each step of the loop: λ before it, the combined gradient within it, what it learns after it.</summary>
internal sealed class StepWeighting : IDisposable
{
    private readonly TrainingStep step;
    private readonly Weighting weighting;
    private readonly GradientProbe? probe;

    public StepWeighting(TrainingPlan plan, int threads, TrainingStep step, Weighting weighting)
    {
        (this.step, this.weighting) = (step, weighting);
        if (weighting is not GradientBalancer balancer)
            return;
        balancer.Allocate(step.TaskGradients.Length);
        probe = balancer.Probes ? new GradientProbe(plan, threads, step.Parameters) : null;
    }

    /// <summary>The tasks' weights in the last step, [tasks].</summary>
    public ReadOnlySpan<float> Weights => weighting is GradientBalancer balancer ? balancer.Coefficients : step.Lambdas;

    /// <summary>What a weighting of losses gives to the step, [tasks]; nothing for a balancer.</summary>
    public ReadOnlySpan<float> Given => weighting is LossWeighting losses ? losses.Weights : [];

    /// <summary>Gets λ ready for a step.</summary>
    public void Begin(long number) => (weighting as LossWeighting)?.BeginStep(number);

    /// <summary>Has a balancer combine the tasks' gradients; gives the reason when it could not.</summary>
    public Error? Combine(ReadOnlySpan<int> rows, long number, int epoch, double learningRate)
    {
        if (weighting is not GradientBalancer balancer)
            return null;
        probe?.Begin(rows, number, learningRate);
        try
        {
            step.Combine(balancer, number, epoch, probe);
            return null;
        }
        catch (SolverException failure)
        {
            return Error.Invalid(
                $"The gradient balancer found no solution at step {number} (epoch {epoch}). {failure.Message}",
                "Take another weighting, lower the learning rate, or clip gradients (training.clipNorm). The last checkpoint is unharmed.");
        }
    }

    /// <summary>Learns from the step, after the optimiser's.</summary>
    /// <param name="losses">That the step began with, [tasks].</param>
    /// <param name="present">Whether the task had labelled rows, [tasks].</param>
    public void Learn(ReadOnlySpan<float> losses, ReadOnlySpan<bool> present)
    {
        (weighting as LossWeighting)?.LearnFromStep(losses, present);
        if (weighting is ILearnsFromEffect effect)
            effect.LearnFromEffect(losses, step.LossesNow(), present);
    }

    public void Dispose() => probe?.Dispose();
}
