namespace Mtl.Learning.Schedules;

/// <summary>Always 1.</summary>
public sealed class ConstantSchedule : Schedule
{
    public override double Factor(long step) => 1;
}
