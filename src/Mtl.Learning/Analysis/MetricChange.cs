namespace Mtl.Learning.Analysis;

/// <summary>One test metric of one task, of the multi-task model and of its single-task baseline.</summary>
/// <param name="Metric">The metric's key.</param>
/// <param name="HigherIsBetter">Its direction.</param>
/// <param name="Value">Mₘ, of the multi-task model.</param>
/// <param name="Baseline">M_b, of the single-task model.</param>
public sealed record MetricChange(string Metric, bool HigherIsBetter, double Value, double Baseline)
{
    /// <summary>
    /// (−1)^[lower is better] · (Mₘ − M_b)/|M_b| in percent: positive is better. Null where the baseline is 0 or a value is not finite. The baseline's magnitude is taken, which
    /// the source writes without bars for its positive metrics, so that the sign keeps its meaning for a negative one (an R² below 0).
    /// </summary>
    public double? Percent =>
        Baseline != 0 && double.IsFinite(Value) && double.IsFinite(Baseline)
            ? (HigherIsBetter ? 100 : -100) * (Value - Baseline) / Math.Abs(Baseline)
            : null;
}
