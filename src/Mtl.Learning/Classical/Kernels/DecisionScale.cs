namespace Mtl.Learning.Classical.Kernels;

/// <summary>
/// Turns decision values f, whose sign decides, into logits s·f with one s > 0, by maximum likelihood on smoothed labels ((n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2)), so that classes stay as decided and probabilities are finite.
/// Source: Platt, "Probabilistic Outputs for Support Vector Machines", 1999, without its offset, which would move the decision.
/// </summary>
internal static class DecisionScale
{
    public static double Fit(ReadOnlySpan<double> decisions, ReadOnlySpan<bool> isPositive)
    {
        var positives = 0;
        foreach (var positive in isPositive)
            positives += positive ? 1 : 0;
        var (high, low) = ((positives + 1.0) / (positives + 2), 1.0 / (isPositive.Length - positives + 2));
        var (lower, upper) = (1e-3, 1e3);
        for (var round = 0; round < 60; round++)
        {
            // The likelihood is concave in s; its slope tells the side.
            var (s, slope) = (Math.Sqrt(lower * upper), 0.0);
            for (var i = 0; i < decisions.Length; i++)
                slope += decisions[i] * ((isPositive[i] ? high : low) - 1 / (1 + Math.Exp(-s * decisions[i])));
            if (slope > 0)
                lower = s;
            else
                upper = s;
        }

        return lower;
    }
}
