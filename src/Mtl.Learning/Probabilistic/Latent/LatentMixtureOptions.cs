using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Probabilistic.Latent;

/// <summary>Options of the Gaussian mixture for several tasks, <c>mtl-gmm</c>.</summary>
public sealed record LatentMixtureOptions
{
    [Description("Length of z, per output of a task: the dimensions that the tasks share.")]
    [Range(1, 1024)]
    public int Dimensions { get; init; } = 8;

    [Description("λ, weight of ‖z‖² against a task's mean log-likelihood.")]
    [Range(1e-9, 1e6)]
    public double Lambda { get; init; } = 0.001;

    [Description("μ, weight of ‖W‖²: without it W could grow and z shrink until λ means nothing.")]
    [Range(1e-9, 1e6)]
    public double ProjectionPenalty { get; init; } = 0.001;

    [Description("Starts with other random W and z; the one with the best validation score is kept.")]
    [Range(1, 100)]
    public int Restarts { get; init; } = 3;

    [Description("Most iterations of each start: a step in z, then one in W.")]
    [Range(1, 1_000_000)]
    public int Iterations { get; init; } = 1000;

    [Description("Stops when an iteration improves the objective by less than this share of it.")]
    [Range(0.0, 0.1)]
    public double Tolerance { get; init; } = 1e-5;
}
