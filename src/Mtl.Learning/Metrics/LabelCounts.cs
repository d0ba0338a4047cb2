namespace Mtl.Learning.Metrics;

/// <summary>How often each label is true, predicted, and both: all that accuracies and F1 need, without a confusion matrix of labels².</summary>
internal sealed class LabelCounts
{
    private readonly long[] hits;
    private readonly long[] truths;
    private readonly long[] guesses;
    private long rows;

    public LabelCounts(Predictions predictions)
    {
        hits = new long[predictions.Labels];
        truths = new long[predictions.Labels];
        guesses = new long[predictions.Labels];
        for (var row = 0; row < predictions.Rows; row++)
        {
            if (!predictions.IsLabelled(row))
                continue;
            var (truth, guess) = (predictions.TrueLabel(row), predictions.PredictedLabel(row));
            rows++;
            truths[truth]++;
            guesses[guess]++;
            if (truth == guess)
                hits[truth]++;
        }
    }

    /// <summary>Share of the rows whose label is predicted.</summary>
    public double Accuracy => (double)hits.Sum() / rows;

    /// <summary>Mean recall of the labels that occur.</summary>
    public double BalancedAccuracy => Occurring(truths).Average(label => (double)hits[label] / truths[label]);

    /// <summary>Mean F1 of the labels that occur or are predicted.</summary>
    public double MacroF1 => Enumerable.Range(0, hits.Length).Where(label => truths[label] + guesses[label] > 0).Average(F1);

    /// <summary>2·tp/(2·tp + fp + fn); 0 where the label neither occurs nor is predicted, as scikit-learn has it.</summary>
    public double F1(int label) => truths[label] + guesses[label] is var both and > 0 ? 2.0 * hits[label] / both : 0;

    private static IEnumerable<int> Occurring(long[] counts) => Enumerable.Range(0, counts.Length).Where(label => counts[label] > 0);
}
