namespace Mtl.Learning.Analysis;

/// <summary>One task's part of Δm.</summary>
/// <param name="Task">Its name.</param>
/// <param name="Changes">The metrics that count: the primary metric of the task's kind, unless others are asked for.</param>
public sealed record TaskDelta(string Task, IReadOnlyList<MetricChange> Changes)
{
    /// <summary>Mean of the metrics' changes in percent, positive is better; null when one of them is undefined or there is none.</summary>
    public double? Percent => Changes.Select(change => change.Percent ?? double.NaN).DefaultIfEmpty(double.NaN).Average() is var mean && double.IsFinite(mean) ? mean : null;

    /// <summary>Whether the task does worse than alone: learning together hurt it.</summary>
    public bool IsNegativeTransfer => Percent < 0;
}
