using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="GradVac"/>.</summary>
public sealed record GradVacOptions
{
    [Description("Share of the newest cosine in its running mean.")]
    [Range(0.0, 1.0)]
    public double Beta { get; init; } = 0.01;
}
