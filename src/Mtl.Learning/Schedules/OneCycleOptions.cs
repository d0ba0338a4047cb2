using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Schedules;

/// <summary>Options of <see cref="OneCycleSchedule"/>.</summary>
public sealed record OneCycleOptions
{
    [Description("Share of the steps in which the rate rises.")]
    [Range(0.01, 0.99)]
    public double Rising { get; init; } = 0.3;

    [Description("The rate starts at the optimiser's divided by this.")]
    [Range(1.0, 1e6)]
    public double StartDivisor { get; init; } = 25;

    [Description("The rate ends at its start divided by this.")]
    [Range(1.0, 1e9)]
    public double EndDivisor { get; init; } = 1e4;
}
