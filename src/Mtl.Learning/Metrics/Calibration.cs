namespace Mtl.Learning.Metrics;

/// <summary>How far probabilities are from frequencies.</summary>
internal static class Calibration
{
    private const int Bins = 15;

    /// <summary>Mean of (p − y)² for binary, of Σ (p_c − y_c)² over the labels for multiclass. Source: Brier, "Verification of forecasts expressed in terms of probability", 1950.</summary>
    public static double Brier(Predictions predictions)
    {
        var (sum, count) = (0.0, 0);
        for (var row = 0; row < predictions.Rows; row++)
        {
            if (!predictions.IsLabelled(row))
                continue;
            var truth = predictions.TrueLabel(row);
            if (predictions.Width == 1)
                sum += Math.Pow(predictions.Values[row] - truth, 2);
            for (var label = 0; predictions.Width > 1 && label < predictions.Width; label++)
                sum += Math.Pow(predictions.Values[row * predictions.Width + label] - (label == truth ? 1 : 0), 2);
            count++;
        }

        return sum / count;
    }

    /// <summary>
    /// Expected calibration error: over 15 bins of equal width, ((b − 1)/15, b/15], of the predicted label's probability, the mean of |accuracy − mean probability| weighted by rows.
    /// Source: Guo et al., "On Calibration of Modern Neural Networks", 2017.
    /// </summary>
    public static double ExpectedError(Predictions predictions)
    {
        var (hits, confidences, total) = (new double[Bins], new double[Bins], 0);
        for (var row = 0; row < predictions.Rows; row++)
        {
            if (!predictions.IsLabelled(row))
                continue;
            var guess = predictions.PredictedLabel(row);
            double confidence = predictions.Width > 1 ? predictions.Values[row * predictions.Width + guess] : guess == 1 ? predictions.Values[row] : 1 - predictions.Values[row];
            var bin = Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1);
            hits[bin] += guess == predictions.TrueLabel(row) ? 1 : 0;
            confidences[bin] += confidence;
            total++;
        }

        return Enumerable.Range(0, Bins).Sum(bin => Math.Abs(hits[bin] - confidences[bin])) / total;
    }
}
