namespace Mtl.Learning.Metrics;

/// <summary>
/// Area under the precision-recall curve as average precision, Σ (Rₙ − Rₙ₋₁)·Pₙ over the thresholds, which are the different scores; not interpolated. NaN where no row is positive.
/// Source: scikit-learn's average_precision_score; Davis and Goadrich, "The Relationship Between Precision-Recall and ROC Curves", 2006, on why not to interpolate.
/// </summary>
internal static class AveragePrecision
{
    public static double Of(Predictions predictions)
    {
        List<(float Score, bool IsPositive)> rows = [];
        for (var row = 0; row < predictions.Rows; row++)
            if (predictions.IsLabelled(row))
                rows.Add((predictions.Values[row], predictions.TrueLabel(row) == 1));
        var positives = rows.Count(row => row.IsPositive);
        if (positives == 0)
            return double.NaN;

        rows.Sort((a, b) => b.Score.CompareTo(a.Score));
        var (found, counted, area) = (0, 0, 0.0);
        for (var i = 0; i < rows.Count; i++)
        {
            found += rows[i].IsPositive ? 1 : 0;
            if (i + 1 < rows.Count && rows[i + 1].Score == rows[i].Score)
                continue;
            area += (double)(found - counted) / positives * found / (i + 1);
            counted = found;
        }

        return area;
    }
}
