using Mtl.Learning.Schedules;

namespace Mtl.Learning.Training;

/// <summary>The learning rate of each step as a multiple of the optimiser's: the schedule's, times the warm-up min(1, step/warmup).</summary>
internal sealed class LearningRateSchedule(Schedule schedule, int warmupSteps)
{
    /// <param name="step">From 1.</param>
    public double Factor(long step) => (warmupSteps > 0 ? Math.Min(1, (double)step / warmupSteps) : 1) * schedule.Factor(step);
}
