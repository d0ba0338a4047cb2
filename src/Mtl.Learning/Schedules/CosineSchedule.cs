namespace Mtl.Learning.Schedules;

/// <summary>Half a cosine from 1 to the minimum m: m + (1 − m)·½(1 + cos(π·(t − 1)/total)). Source: Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017, without restarts.</summary>
public sealed class CosineSchedule(CosineOptions options, ScheduleContext context) : Schedule
{
    public override double Factor(long step) =>
        options.Minimum + (1 - options.Minimum) * 0.5 * (1 + Math.Cos(Math.PI * (step - 1) / context.TotalSteps));
}
