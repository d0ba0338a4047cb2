using Mtl.Learning.State;

namespace Mtl.Learning.Schedules;

/// <summary>The learning rate over a run, as a multiple of the optimiser's. What it learns from validation scores is state.</summary>
public abstract class Schedule : IStateful
{
    public virtual IReadOnlyList<NamedTensor> State => [];

    /// <param name="step">From 1.</param>
    public abstract double Factor(long step);

    /// <summary>Hears of an epoch's validation score: the mean over tasks of the loss relative to the best constant prediction's; lower is better.</summary>
    public virtual void Observe(double score)
    {
    }
}

/// <summary>How long a run is.</summary>
/// <param name="TotalSteps">Steps if no early stop comes.</param>
/// <param name="StepsPerEpoch">At least 1.</param>
public sealed record ScheduleContext(long TotalSteps, int StepsPerEpoch);

/// <summary>Makes a schedule for a run.</summary>
public delegate Schedule MakeSchedule(ScheduleContext context);
