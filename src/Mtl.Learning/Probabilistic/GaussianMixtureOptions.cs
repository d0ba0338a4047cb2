using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Probabilistic;

/// <summary>Options of <see cref="ExpectationMaximization"/>.</summary>
public sealed record GaussianMixtureOptions
{
    [Description("Components k.")]
    [Range(1, 10_000)]
    public int Components { get; init; } = 3;

    [Description("The covariances' form: full, tied, diagonal or spherical.")]
    public CovarianceForm Covariance { get; init; } = CovarianceForm.Full;

    [Description("Most iterations of each start.")]
    [Range(1, 1_000_000)]
    public int Iterations { get; init; } = 100;

    [Description("Stops when the mean log-likelihood of a row changes by less, in nats; 0 runs all iterations.")]
    [Range(0.0, 1.0)]
    public double Tolerance { get; init; } = 1e-3;

    [Description("Added to every variance, in the columns' units squared: keeps components that shrink to a point or a plane from degenerating.")]
    [Range(0.0, 1e6)]
    public double Regularisation { get; init; } = 1e-6;

    [Description("Starts from k-means with other random numbers; the one with the highest likelihood is kept.")]
    [Range(1, 1_000)]
    public int Restarts { get; init; } = 1;

    [Description("Seed of the starts.")]
    public ulong Seed { get; init; } = 1;

    [Description("Threads; 0 for all cores. The result does not depend on it.")]
    [Range(0, 1024)]
    public int Threads { get; init; }
}
