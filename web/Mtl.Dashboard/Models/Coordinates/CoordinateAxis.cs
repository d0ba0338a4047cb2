using System.Globalization;
using Mtl.Application.Collaboration.Tables;
using Mtl.Tracking.Search;

namespace Mtl.Dashboard.Models.Coordinates;

/// <summary>What the places on an axis stand for.</summary>
public enum AxisScale
{
    Linear,

    /// <summary>Powers of ten.</summary>
    Log,

    /// <summary>A place for each value.</summary>
    Categories,
}

/// <summary>A label of an axis.</summary>
/// <param name="Place">0 at the bottom to 1 at the top.</param>
public sealed record AxisTick(double Place, string Label);

/// <summary>A parameter, metric or tag of several runs on one axis.</summary>
/// <param name="Places">Of each run, 0 at the bottom to 1 at the top; null where it has no value, or none that is finite.</param>
public sealed record CoordinateAxis(ColumnKey Column, AxisScale Scale, IReadOnlyList<AxisTick> Ticks, IReadOnlyList<double?> Places)
{
    /// <summary>From this ratio of the greatest to the least number on, all of them positive, they are told apart only in powers of ten.</summary>
    private const double LogFrom = 100;

    private const int MostTicks = 6;

    private const int MostCategoryTicks = 12;

    /// <summary>Labels nearer to each other would overlap.</summary>
    private const double Apart = 0.06;

    /// <summary>Numbers where every value is one, else categories, in the order of their texts.</summary>
    public static CoordinateAxis Of(ColumnKey column, IReadOnlyList<RunTableRow> runs)
    {
        string[] texts = [.. runs.Select(run => run.Text(column))];
        var numbers = Array.ConvertAll(texts, Number);
        if (column.Field != SearchField.Metric && texts.Zip(numbers).Any(value => value.First.Length > 0 && value.Second is null))
            return Categories(column, texts);
        double?[] finite = [.. numbers.Select(number => number is { } value && double.IsFinite(value) ? number : null)];
        var present = finite.OfType<double>().ToArray();
        if (present.Length == 0)
            return new CoordinateAxis(column, AxisScale.Linear, [], finite);
        var (least, greatest) = (present.Min(), present.Max());
        if (least == greatest)
            return new CoordinateAxis(column, AxisScale.Linear, [new AxisTick(0.5, Formats.Number(least))], [.. finite.Select(value => value is null ? null : (double?)0.5)]);
        var isLog = least > 0 && greatest / least >= LogFrom;
        double[] distinct = [.. present.Distinct().Order()];
        return distinct.Length <= MostTicks ? Few(column, finite, distinct, isLog) : isLog ? Log(column, finite, least, greatest) : Linear(column, finite, least, greatest);
    }

    /// <summary>Few different numbers are labelled themselves, from the least to the greatest.</summary>
    private static CoordinateAxis Few(ColumnKey column, double?[] values, double[] distinct, bool isLog)
    {
        double On(double value) => isLog ? Math.Log10(value) : value;
        double Place(double value) => (On(value) - On(distinct[0])) / (On(distinct[^1]) - On(distinct[0]));
        var ticks = new List<AxisTick>();
        foreach (var value in distinct)
        {
            if (ticks.Count == 0 || Place(value) - ticks[^1].Place >= Apart)
                ticks.Add(new AxisTick(Place(value), Formats.Number(value)));
        }

        return new CoordinateAxis(column, isLog ? AxisScale.Log : AxisScale.Linear, ticks, [.. values.Select(value => value is { } number ? (double?)Place(number) : null)]);
    }

    private static CoordinateAxis Linear(ColumnKey column, double?[] values, double least, double greatest)
    {
        var step = Step((greatest - least) / (MostTicks - 1));
        var (first, last) = (Math.Floor(least / step), Math.Ceiling(greatest / step));
        var ticks = Enumerable.Range(0, (int)(last - first) + 1).Select(i => new AxisTick(i / (last - first), Formats.Number((first + i) * step)));
        return new CoordinateAxis(column, AxisScale.Linear, [.. ticks], [.. values.Select(value => value is { } number ? (double?)Math.Clamp(((number / step) - first) / (last - first), 0, 1) : null)]);
    }

    private static CoordinateAxis Log(ColumnKey column, double?[] values, double least, double greatest)
    {
        var (first, last) = (Math.Floor(Math.Log10(least)), Math.Ceiling(Math.Log10(greatest)));
        var every = (int)Math.Ceiling((last - first) / (MostTicks - 1));
        var ticks = Enumerable.Range(0, (int)(last - first) + 1).Where(i => i % every == 0).Select(i => new AxisTick(i / (last - first), Formats.Number(Math.Pow(10, first + i))));
        return new CoordinateAxis(column, AxisScale.Log, [.. ticks], [.. values.Select(value => value is { } number ? (double?)Math.Clamp((Math.Log10(number) - first) / (last - first), 0, 1) : null)]);
    }

    private static CoordinateAxis Categories(ColumnKey column, string[] texts)
    {
        string[] values = [.. texts.Where(text => text.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        double Place(int index) => values.Length == 1 ? 0.5 : (double)index / (values.Length - 1);
        var every = (values.Length + MostCategoryTicks - 1) / MostCategoryTicks;
        return new CoordinateAxis(
            column,
            AxisScale.Categories,
            [.. values.Index().Where(value => value.Index % every == 0).Select(value => new AxisTick(Place(value.Index), value.Item))],
            [.. texts.Select(text => text.Length == 0 ? null : (double?)Place(Array.BinarySearch(values, text, StringComparer.Ordinal)))]);
    }

    /// <summary>The next 1, 2 or 5 times a power of ten.</summary>
    private static double Step(double atLeast)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));
        return power * (atLeast / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
