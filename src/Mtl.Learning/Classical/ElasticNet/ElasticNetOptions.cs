using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.ElasticNet;

/// <summary>Options of <see cref="ElasticNet"/>.</summary>
public sealed record ElasticNetOptions : LinearOptions
{
    [Description("λ, strength of both penalties together; the path's largest.")]
    [Range(1e-12, 1e6)]
    public double Lambda { get; init; } = 1;

    [Description("Part of λ that is the absolute (or group) penalty; the rest is the squared one.")]
    [Range(0.001, 1.0)]
    public double L1Ratio { get; init; } = 0.5;

    [Description("per-task: each task chooses its own features; joint: all tasks the same ones.")]
    public FeatureSelection Selection { get; init; }
}
