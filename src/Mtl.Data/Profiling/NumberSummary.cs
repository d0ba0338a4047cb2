namespace Mtl.Data.Profiling;

/// <summary>A numeric column's values in short; days since 1970-01-01 for dates.</summary>
/// <param name="Minimum">Least value.</param>
/// <param name="Median">The middle value, or the mean of the two middle ones.</param>
/// <param name="Maximum">Greatest value.</param>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="StandardDeviation">√(Σ(x − mean)²/n).</param>
/// <param name="IsInteger">Whether every value is whole.</param>
public sealed record NumberSummary(double Minimum, double Median, double Maximum, double Mean, double StandardDeviation, bool IsInteger);
