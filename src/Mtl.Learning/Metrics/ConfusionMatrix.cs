namespace Mtl.Learning.Metrics;

/// <summary>How often each label (column) is predicted for each true label (row); unlabelled rows do not count. Takes labels² numbers.</summary>
public sealed class ConfusionMatrix
{
    private readonly long[] counts;

    private ConfusionMatrix(int labels) => (Labels, counts) = (labels, new long[labels * labels]);

    public int Labels { get; }

    public long this[int trueLabel, int predictedLabel] => counts[trueLabel * Labels + predictedLabel];

    /// <summary>The matrix of a classification task's predictions.</summary>
    public static ConfusionMatrix Of(Predictions predictions)
    {
        var matrix = new ConfusionMatrix(predictions.Labels);
        for (var row = 0; row < predictions.Rows; row++)
            if (predictions.IsLabelled(row))
                matrix.counts[predictions.TrueLabel(row) * matrix.Labels + predictions.PredictedLabel(row)]++;
        return matrix;
    }

    /// <summary>The matrix row by row, for documents.</summary>
    public IReadOnlyList<IReadOnlyList<long>> ToRows() => [.. counts.Chunk(Labels)];
}
