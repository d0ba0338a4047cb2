namespace Mtl.Learning.Metrics;

/// <summary>
/// −mean ln p(true label), probabilities clipped to [2⁻²³, 1 − 2⁻²³], the resolution of the floats they are. Multiclass probabilities count as given, which sum to 1.
/// </summary>
internal static class LogLoss
{
    private const double Smallest = 1.1920928955078125e-7;

    public static double Of(Predictions predictions)
    {
        var (sum, count) = (0.0, 0);
        for (var row = 0; row < predictions.Rows; row++)
        {
            if (!predictions.IsLabelled(row))
                continue;
            sum -= Math.Log(Math.Clamp(predictions.TrueProbability(row), Smallest, 1 - Smallest));
            count++;
        }

        return sum / count;
    }
}
