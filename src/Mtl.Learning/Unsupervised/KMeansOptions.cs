using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Unsupervised;

/// <summary>Options of <see cref="KMeans"/>.</summary>
public sealed record KMeansOptions
{
    [Description("Clusters.")]
    [Range(1, 10_000)]
    public int Clusters { get; init; } = 8;

    [Description("Most iterations of each start.")]
    [Range(1, 1_000_000)]
    public int Iterations { get; init; } = 300;

    [Description("Starts from k-means++ with other random numbers; the one with the least inertia is kept.")]
    [Range(1, 1_000)]
    public int Restarts { get; init; } = 1;

    [Description("Stops when the centres' squared shift is at most this times the mean variance of the columns; 0 stops only when no row changes its cluster.")]
    [Range(0.0, 1.0)]
    public double Tolerance { get; init; } = 1e-4;

    [Description("Seed of the starts.")]
    public ulong Seed { get; init; } = 1;

    [Description("Threads; 0 for all cores. The result does not depend on it.")]
    [Range(0, 1024)]
    public int Threads { get; init; }
}
