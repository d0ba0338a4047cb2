using System.Buffers;

namespace Mtl.Learning.Metrics;

/// <summary>
/// Area under the ROC curve: the probability that a positive row scores above a negative one, ties counting half. Exact: both sides are sorted and merged.
/// Source: Mann and Whitney, 1947; Hanley and McNeil, "The meaning and use of the area under a ROC curve", 1982.
/// </summary>
internal static class RocAuc
{
    /// <summary>The area; NaN unless both labels occur.</summary>
    public static double Of(Predictions predictions)
    {
        var scores = ArrayPool<float>.Shared.Rent(predictions.Rows);
        try
        {
            // Positives fill the buffer from its begin, negatives from its end.
            var (positives, negatives) = (0, 0);
            for (var row = 0; row < predictions.Rows; row++)
            {
                if (!predictions.IsLabelled(row))
                    continue;
                if (predictions.TrueLabel(row) == 1)
                    scores[positives++] = predictions.Values[row];
                else
                    scores[predictions.Rows - ++negatives] = predictions.Values[row];
            }

            return positives == 0 || negatives == 0
                ? double.NaN
                : Area(scores.AsSpan(0, positives), scores.AsSpan(predictions.Rows - negatives, negatives));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scores);
        }
    }

    private static double Area(Span<float> positives, Span<float> negatives)
    {
        positives.Sort();
        negatives.Sort();
        var (below, notAbove) = (0, 0);
        long halfWins = 0;
        foreach (var score in positives)
        {
            while (below < negatives.Length && negatives[below] < score)
                below++;
            while (notAbove < negatives.Length && negatives[notAbove] <= score)
                notAbove++;
            halfWins += below + (long)notAbove;
        }

        return halfWins / (2.0 * positives.Length * negatives.Length);
    }
}
