using Mtl.Core.Definitions;

namespace Mtl.Learning.Training;

/// <summary>
/// The learning rate of each step as a multiple of the optimiser's: min(1, step/warmup), times 1 (constant) or ½(1 + cos(π·(step − 1)/total)) (cosine).
/// Source of the cosine: Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017, without restarts.
/// </summary>
internal sealed class LearningRateSchedule(TrainingDefinition training, long totalSteps)
{
    /// <param name="step">From 1.</param>
    public double Factor(long step)
    {
        var warmup = training.WarmupSteps > 0 ? Math.Min(1, (double)step / training.WarmupSteps) : 1;
        return training.Schedule == "cosine" ? warmup * 0.5 * (1 + Math.Cos(Math.PI * (step - 1) / totalSteps)) : warmup;
    }
}
