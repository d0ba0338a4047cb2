namespace Mtl.Learning.Metrics;

/// <summary>Metrics of several labels at once; a label counts as predicted from a probability of more than one half on.</summary>
internal sealed class MultilabelMetrics
{
    private const double Smallest = 1.1920928955078125e-7;

    private readonly long[] hits;
    private readonly long[] truths;
    private readonly long[] guesses;
    private readonly long rows;
    private readonly long exact;
    private readonly double logLoss;

    public MultilabelMetrics(Predictions predictions)
    {
        var labels = predictions.Labels;
        (hits, truths, guesses) = (new long[labels], new long[labels], new long[labels]);
        for (var row = 0; row < predictions.Rows; row++)
        {
            if (!predictions.IsLabelled(row))
                continue;
            var isExact = true;
            for (var label = 0; label < labels; label++)
            {
                var (probability, isTrue) = (predictions.Values[row * labels + label], predictions.Targets[row * labels + label] != 0);
                var isPredicted = probability > 0.5f;
                hits[label] += isTrue && isPredicted ? 1 : 0;
                truths[label] += isTrue ? 1 : 0;
                guesses[label] += isPredicted ? 1 : 0;
                isExact &= isTrue == isPredicted;
                logLoss -= Math.Log(Math.Clamp(isTrue ? probability : 1 - probability, Smallest, 1 - Smallest));
            }

            rows++;
            exact += isExact ? 1 : 0;
        }
    }

    /// <summary>Share of rows whose labels are all right, and no other is predicted.</summary>
    public double Accuracy => (double)exact / rows;

    /// <summary>F1 over all labels of all rows together; 0 where none occurs or is predicted, as scikit-learn has it.</summary>
    public double MicroF1 => truths.Sum() + guesses.Sum() is var both and > 0 ? 2.0 * hits.Sum() / both : 0;

    /// <summary>Mean over the labels of their F1; 0 for a label that neither occurs nor is predicted, as scikit-learn has it.</summary>
    public double MacroF1 => Enumerable.Range(0, hits.Length).Average(label => truths[label] + guesses[label] is var both and > 0 ? 2.0 * hits[label] / both : 0);

    /// <summary>Mean over rows and labels of −ln of the probability given to the truth.</summary>
    public double LogLoss => logLoss / (rows * hits.Length);
}
