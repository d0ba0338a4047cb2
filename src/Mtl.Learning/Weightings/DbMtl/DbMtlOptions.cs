using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="DbMtl"/>.</summary>
public sealed record DbMtlOptions
{
    [Description("Share of the running mean that is kept, at step 1.")]
    [Range(0.0, 1.0)]
    public double Beta { get; init; } = 0.9;

    [Description("At step k the share kept is beta / k^betaSigma.")]
    [Range(0.0, 10.0)]
    public double BetaSigma { get; init; }
}
