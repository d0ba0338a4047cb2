using Mtl.Learning.Unsupervised;

namespace Mtl.Learning.Probabilistic;

/// <summary>
/// Calls rows anomalies whose score −log p(x) is above a threshold, which is a quantile of the scores of reference rows: with quantile q a share of about 1 − q of rows like them is called so.
/// </summary>
/// <param name="Mixture">The density.</param>
/// <param name="Threshold">The least score of an anomaly, in nats; itself no anomaly.</param>
public sealed record AnomalyDetector(GaussianMixture Mixture, double Threshold)
{
    /// <summary>A detector whose threshold is a quantile of the scores of reference rows, interpolated between neighbours.</summary>
    /// <param name="mixture">The density.</param>
    /// <param name="reference">Rows that are taken for normal; at least one.</param>
    /// <param name="quantile">0 to 1.</param>
    public static AnomalyDetector Of(GaussianMixture mixture, Points reference, double quantile)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quantile);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantile, 1);
        var scores = Score(mixture, reference);
        Array.Sort(scores);
        var at = quantile * (scores.Length - 1);
        var below = (int)at;
        var above = Math.Min(below + 1, scores.Length - 1);
        return new AnomalyDetector(mixture, scores[below] + ((at - below) * (scores[above] - scores[below])));
    }

    /// <summary>−log p(x) of each row, in nats: the higher, the stranger.</summary>
    public double[] Scores(Points points) => Score(Mixture, points);

    public bool[] Flags(Points points) => Array.ConvertAll(Scores(points), score => score > Threshold);

    private static double[] Score(GaussianMixture mixture, Points points) => Array.ConvertAll(mixture.LogDensity(points), density => -density);
}
