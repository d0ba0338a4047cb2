using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Schedules;

/// <summary>Options of <see cref="PlateauSchedule"/>.</summary>
public sealed record PlateauOptions
{
    [Description("What the rate is multiplied by.")]
    [Range(0.0, 1.0)]
    public double Factor { get; init; } = 0.5;

    [Description("Epochs without a better validation score that are waited for.")]
    [Range(0, 100_000)]
    public int Patience { get; init; } = 3;

    [Description("How much lower a score must be to count as better, relative to the best one.")]
    [Range(0.0, 1.0)]
    public double Threshold { get; init; } = 1e-4;

    [Description("The rate falls no lower than this multiple of the optimiser's.")]
    [Range(0.0, 1.0)]
    public double Minimum { get; init; }
}
