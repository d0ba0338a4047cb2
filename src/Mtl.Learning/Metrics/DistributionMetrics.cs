namespace Mtl.Learning.Metrics;

/// <summary>Metrics of what a regression predicts beside its value; NaN where it predicts no such thing.</summary>
internal static class DistributionMetrics
{
    /// <summary>Mean over rows and levels of max(τ·e, (τ − 1)·e), e = y − q_τ.</summary>
    public static double Pinball(Predictions predictions) => predictions.Levels.IsEmpty ? double.NaN : Mean(predictions, static (quantiles, levels, target) =>
    {
        var sum = 0.0;
        for (var i = 0; i < levels.Length; i++)
            sum += Math.Max(levels[i] * (target - quantiles[i]), (levels[i] - 1) * (target - quantiles[i]));
        return sum / levels.Length;
    });

    /// <summary>Share of the targets from the lowest to the highest quantile; undefined for one level.</summary>
    public static double Coverage(Predictions predictions) => predictions.Levels.Length < 2
        ? double.NaN
        : Mean(predictions, static (quantiles, _, target) => target >= quantiles[0] && target <= quantiles[^1] ? 1 : 0);

    /// <summary>Mean of ½(ln σ² + (y − μ)²/σ² + ln 2π), in the column's units.</summary>
    public static double LogLikelihood(Predictions predictions)
    {
        if (!predictions.HasDeviation)
            return double.NaN;
        var (sum, count) = (0.0, 0);
        for (var row = 0; row < predictions.Rows; row++)
        {
            if (!predictions.IsLabelled(row))
                continue;
            double mean = predictions.Values[row * predictions.Width], deviation = predictions.Values[row * predictions.Width + 1];
            sum += 0.5 * (2 * Math.Log(deviation) + Math.Pow((predictions.Targets[row] - mean) / deviation, 2) + Math.Log(2 * Math.PI));
            count++;
        }

        return sum / count;
    }

    private delegate double Term(ReadOnlySpan<float> quantiles, ReadOnlySpan<double> levels, double target);

    private static double Mean(Predictions predictions, Term term)
    {
        var (sum, count) = (0.0, 0);
        for (var row = 0; row < predictions.Rows; row++)
        {
            if (!predictions.IsLabelled(row))
                continue;
            sum += term(predictions.Values.Slice(row * predictions.Width + 1, predictions.Levels.Length), predictions.Levels, predictions.Targets[row]);
            count++;
        }

        return sum / count;
    }
}
