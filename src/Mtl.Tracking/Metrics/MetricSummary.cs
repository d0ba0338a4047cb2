namespace Mtl.Tracking.Metrics;

/// <summary>A metric's history in a few numbers, kept as it is written.</summary>
/// <param name="Count">Points stored.</param>
/// <param name="Last">The greatest by step, then time, then value.</param>
/// <param name="Least">The point of the least value, the first of several; null while all are NaN.</param>
/// <param name="Greatest">The point of the greatest value, the first of several; null while all are NaN.</param>
public sealed record MetricSummary(long Count, MetricPoint Last, MetricPoint? Least, MetricPoint? Greatest);
