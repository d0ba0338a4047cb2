namespace Mtl.Learning.Schedules;

/// <summary>A stair: γ^⌊(e − 1)/n⌋ in epoch e, n epochs per stair, as PyTorch's StepLR.</summary>
public sealed class StepSchedule(StepOptions options, ScheduleContext context) : Schedule
{
    public override double Factor(long step) => Math.Pow(options.Factor, (step - 1) / context.StepsPerEpoch / options.Epochs);
}
