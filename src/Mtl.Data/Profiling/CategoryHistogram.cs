using System.Globalization;
using Mtl.Data.Tables;

namespace Mtl.Data.Profiling;

/// <summary>The most frequent categories, and one bar for all others.</summary>
internal static class CategoryHistogram
{
    private const int MostBars = 20;

    /// <param name="column">The texts.</param>
    /// <param name="counts">Rows of each code.</param>
    /// <param name="used">The codes that have rows.</param>
    internal static IReadOnlyList<HistogramBar> Of(TextColumn column, int[] counts, int[] used)
    {
        var ordered = used.OrderByDescending(code => counts[code]).ThenBy(code => code);
        var bars = ordered.Take(MostBars).Select(code => new HistogramBar(column.Vocabulary[code], counts[code])).ToList();
        if (used.Length > MostBars)
        {
            var others = used.Length - MostBars;
            var rows = column.Count - column.MissingCount - bars.Sum(bar => bar.Count);
            bars.Add(new HistogramBar(string.Create(CultureInfo.InvariantCulture, $"{others:N0} others"), rows) { Others = others });
        }

        return bars;
    }
}
