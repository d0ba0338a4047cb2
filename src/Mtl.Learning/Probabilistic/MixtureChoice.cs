namespace Mtl.Learning.Probabilistic;

/// <summary>A mixture that stood for choice.</summary>
/// <param name="Components">Its number of components.</param>
/// <param name="Fit">What was fitted.</param>
/// <param name="Bic">Its Bayesian information criterion; lower is better.</param>
public sealed record MixtureCandidate(int Components, MixtureFit Fit, double Bic);

/// <summary>Mixtures of several sizes.</summary>
/// <param name="Candidates">In the order asked for.</param>
public sealed record MixtureChoice(IReadOnlyList<MixtureCandidate> Candidates)
{
    /// <summary>The one with the least criterion.</summary>
    public MixtureCandidate Best => Candidates.MinBy(candidate => candidate.Bic)!;
}
