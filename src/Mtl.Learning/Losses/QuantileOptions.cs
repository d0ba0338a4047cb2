using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Losses;

/// <summary>Options of <see cref="Quantile"/>.</summary>
public sealed record QuantileOptions
{
    [Description("Levels of the quantiles, ascending; the one nearest to one half is the prediction.")]
    [Range(0.001, 0.999)]
    public IReadOnlyList<double> Levels { get; init; } = [0.1, 0.5, 0.9];
}
