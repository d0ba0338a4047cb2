namespace Mtl.Learning.Metrics;

/// <summary>Metrics of predicted numbers, summed in double; of a reconstruction over all features of all rows.</summary>
internal static class RegressionMetrics
{
    /// <summary>1 − Σ(y − ŷ)²/Σ(y − ȳ)², ȳ of each feature; NaN where all targets are equal.</summary>
    public static double R2(Predictions predictions)
    {
        var means = new double[predictions.TargetWidth];
        var count = 0;
        for (var row = 0; row < predictions.Rows; row++)
        {
            if (!predictions.IsLabelled(row))
                continue;
            count++;
            for (var column = 0; column < means.Length; column++)
                means[column] += predictions.Targets[row * means.Length + column];
        }

        for (var column = 0; column < means.Length; column++)
            means[column] /= count;
        var deviation = Mean(predictions, (_, target, column) => (target - means[column]) * (target - means[column]));
        return deviation > 0 ? 1 - MeanSquaredError(predictions) / deviation : double.NaN;
    }

    public static double Rmse(Predictions predictions) => Math.Sqrt(MeanSquaredError(predictions));

    public static double Mae(Predictions predictions) => Mean(predictions, static (value, target, _) => Math.Abs(value - target));

    /// <summary>Share of ratings that are met when both sides are rounded to whole numbers, halves away from zero.</summary>
    public static double RoundedAccuracy(Predictions predictions) =>
        Mean(predictions, static (value, target, _) => Math.Round(value, MidpointRounding.AwayFromZero) == Math.Round(target, MidpointRounding.AwayFromZero) ? 1 : 0);

    private static double MeanSquaredError(Predictions predictions) => Mean(predictions, static (value, target, _) => (value - target) * (value - target));

    private static double Mean(Predictions predictions, Func<double, double, int, double> term)
    {
        var (sum, count) = (0.0, 0L);
        for (var row = 0; row < predictions.Rows; row++)
        {
            if (!predictions.IsLabelled(row))
                continue;
            for (var column = 0; column < predictions.TargetWidth; column++)
                sum += term(predictions.Values[row * predictions.Width + column], predictions.Targets[row * predictions.TargetWidth + column], column);
            count += predictions.TargetWidth;
        }

        return sum / count;
    }
}
