using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Cmtl;

/// <summary>Options of <see cref="Clustered"/>.</summary>
public sealed record ClusteredOptions : LinearOptions
{
    [Description("λ, strength within clusters; the path's largest.")]
    [Range(1e-12, 1e6)]
    public double Lambda { get; init; } = 1;

    [Description("k, clusters of tasks; at most one less than output columns is of use.")]
    [Range(2, 1000)]
    public int Clusters { get; init; } = 2;

    [Description("η: tasks of different clusters are kept apart by λη/(1 + η) only.")]
    [Range(1e-6, 1e3)]
    public double Softness { get; init; } = 0.1;

    [Description("Strength on the mean of all tasks relative to λ.")]
    [Range(1e-9, 1e3)]
    public double MeanRatio { get; init; } = 0.01;
}
