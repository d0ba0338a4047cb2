namespace Mtl.Data.Profiling;

/// <summary>One bar of a column's histogram.</summary>
/// <param name="Label">The category or number, or the interval of numbers.</param>
/// <param name="Count">Rows.</param>
public sealed record HistogramBar(string Label, int Count)
{
    /// <summary>The interval's lower end, inclusive; null for a category.</summary>
    public double? From { get; init; }

    /// <summary>The interval's upper end, exclusive except in the last bar; null for a category.</summary>
    public double? To { get; init; }

    /// <summary>Categories that share this bar: 0 for a bar of its own.</summary>
    public int Others { get; init; }
}
