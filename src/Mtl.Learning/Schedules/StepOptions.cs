using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Schedules;

/// <summary>Options of <see cref="StepSchedule"/>.</summary>
public sealed record StepOptions
{
    [Description("Epochs from one fall to the next.")]
    [Range(1, 100_000)]
    public int Epochs { get; init; } = 10;

    [Description("What the rate is multiplied by.")]
    [Range(0.0, 1.0)]
    public double Factor { get; init; } = 0.1;
}
