namespace Mtl.Learning.Metrics;

/// <summary>Metrics of predicted numbers, summed in double.</summary>
internal static class RegressionMetrics
{
    /// <summary>1 − Σ(y − ŷ)²/Σ(y − ȳ)². NaN where all targets are equal.</summary>
    public static double R2(Predictions predictions)
    {
        var mean = Mean(predictions, static (_, target) => target);
        var deviation = Mean(predictions, (_, target) => (target - mean) * (target - mean));
        return deviation > 0 ? 1 - MeanSquaredError(predictions) / deviation : double.NaN;
    }

    public static double Rmse(Predictions predictions) => Math.Sqrt(MeanSquaredError(predictions));

    public static double Mae(Predictions predictions) => Mean(predictions, static (value, target) => Math.Abs(value - target));

    private static double MeanSquaredError(Predictions predictions) => Mean(predictions, static (value, target) => (value - target) * (value - target));

    private static double Mean(Predictions predictions, Func<double, double, double> term)
    {
        var (sum, count) = (0.0, 0);
        for (var row = 0; row < predictions.Rows; row++)
        {
            if (!predictions.IsLabelled(row))
                continue;
            sum += term(predictions.Values[row], predictions.Targets[row]);
            count++;
        }

        return sum / count;
    }
}
