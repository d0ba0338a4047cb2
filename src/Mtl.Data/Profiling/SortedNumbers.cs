using Mtl.Data.Tables;

namespace Mtl.Data.Profiling;

/// <summary>A numeric column's values in ascending order, and what follows from them.</summary>
internal sealed class SortedNumbers
{
    private const int MostBars = 20;

    private readonly NumericColumn column;
    private readonly double[] values;

    private SortedNumbers(NumericColumn column, double[] values)
    {
        this.column = column;
        this.values = values;
        for (var i = 0; i < values.Length; i++)
            Distinct += i == 0 || values[i] != values[i - 1] ? 1 : 0;
    }

    internal int Distinct { get; }

    /// <summary>Greatest less least value.</summary>
    internal double Span => values.Length == 0 ? 0 : values[^1] - values[0];

    internal NumberSummary? Summary
    {
        get
        {
            if (values.Length == 0)
                return null;
            var mean = values.Average();
            var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length);
            var median = (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
            return new NumberSummary(values[0], median, values[^1], mean, deviation, column.IsInteger);
        }
    }

    internal static SortedNumbers Of(NumericColumn column)
    {
        var values = new double[column.Count - column.MissingCount];
        var next = 0;
        for (var row = 0; row < column.Count; row++)
        {
            if (!column.IsMissing(row))
                values[next++] = column.ExactAt(row);
        }

        Array.Sort(values);
        return new SortedNumbers(column, values);
    }

    internal IReadOnlyList<HistogramBar> Histogram() =>
        Distinct <= MostBars
            ? [.. values.CountBy(value => value).Select(bar => new HistogramBar(column.Format(bar.Key), bar.Value) { From = bar.Key, To = bar.Key })]
            : Intervals();

    private HistogramBar[] Intervals()
    {
        var (low, width) = (values[0], Span / MostBars);
        var counts = new int[MostBars];
        foreach (var value in values)
            counts[Math.Min(MostBars - 1, (int)((value - low) / width))]++;
        return [.. counts.Select((count, i) =>
        {
            var (from, to) = (low + (i * width), i == MostBars - 1 ? values[^1] : low + ((i + 1) * width));
            return new HistogramBar($"{Short(from)} – {Short(to)}", count) { From = from, To = to };
        })];
    }

    /// <summary>Four digits are enough for an interval's end.</summary>
    private string Short(double value) => column.Type == ColumnType.Date ? column.Format(value) : value.ToString("G4", System.Globalization.CultureInfo.InvariantCulture);
}
