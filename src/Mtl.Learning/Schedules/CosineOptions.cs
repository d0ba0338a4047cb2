using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Schedules;

/// <summary>Options of <see cref="CosineSchedule"/>.</summary>
public sealed record CosineOptions
{
    [Description("Where the rate ends, as a multiple of the optimiser's.")]
    [Range(0.0, 1.0)]
    public double Minimum { get; init; }
}
