namespace Mtl.Learning.Probabilistic;

/// <summary>What expectation maximisation found.</summary>
/// <param name="Mixture">The mixture of the start that was kept.</param>
/// <param name="Curve">Mean log-likelihood of a row in nats: at the start, then after each iteration. It does not fall, save by the regularisation's effect.</param>
/// <param name="Converged">Whether the iterations ended by the tolerance, not by their number.</param>
public sealed record MixtureFit(GaussianMixture Mixture, IReadOnlyList<double> Curve, bool Converged)
{
    public int Iterations => Curve.Count - 1;

    /// <summary>Mean log-likelihood of a row under <see cref="Mixture"/>, in nats.</summary>
    public double LogLikelihood => Curve[^1];
}
