using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="TrimmedMean"/>.</summary>
public sealed record TrimmedMeanOptions
{
    [Description("Values left out at each end; there must be more tasks than twice this many.")]
    [Range(0, 1000)]
    public int Trim { get; init; } = 1;
}
