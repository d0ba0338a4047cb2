using System.Globalization;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;

namespace Mtl.Data.Profiling;

/// <summary>
/// Finds columns that determine a task. A column puts rows into k groups: its texts, its numbers where there are few, else quantile bins. The measure is the share of the labels' variance between groups,
/// corrected for chance: 1 − (SSW/(n − k))/(SST/(n − 1)) (ε², Kelley, 1935); for a regression task the squared correlation where that is larger, and for classes the same over one-hot labels (Goodman's
/// and Kruskal's τ, 1954).
/// </summary>
public static class Leaks
{
    /// <summary>From here on a column is suspected.</summary>
    public const double Threshold = 0.98;

    private const int MostRows = 50_000;
    private const int FewestRows = 30;
    private const int FewValues = 50;
    private const int MostBins = 200;

    /// <summary>The suspicions, the strongest first. Tables with more than 50,000 rows are judged by every k-th row.</summary>
    /// <param name="table">The table.</param>
    /// <param name="tasks">Their columns must exist; no task column is suspected.</param>
    /// <param name="candidates">The columns to judge; null for all.</param>
    public static IReadOnlyList<LeakSuspicion> Find(Table table, IReadOnlyList<TaskDefinition> tasks, IReadOnlyCollection<string>? candidates = null)
    {
        var stride = 1 + (table.RowCount / MostRows);
        var sample = stride == 1 ? table : table.Take([.. Enumerable.Range(0, table.RowCount / stride).Select(i => i * stride)]);
        var taskColumns = tasks.SelectMany(task => task.LabelColumns.Append(task.By)).ToHashSet();
        return
        [
            .. sample.Columns
                .Where(column => !taskColumns.Contains(column.Name) && (candidates is null || candidates.Contains(column.Name)))
                .SelectMany(column => tasks.SelectMany(task => task.LabelColumns.Select(label => Judge(column, task, sample[label]))))
                .OfType<LeakSuspicion>()
                .OrderByDescending(suspicion => suspicion.Value),
        ];
    }

    private static LeakSuspicion? Judge(Column column, TaskDefinition task, Column labels)
    {
        int[] rows = [.. Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row) && !labels.IsMissing(row))];
        if (rows.Length < FewestRows)
            return null;
        var groups = Groups(column.Take(rows));
        var (measure, value) = task.Kind == TaskKind.Regression && labels.Take(rows) is NumericColumn numbers
            ? ("R²", Math.Max(VarianceBetween(groups, numbers.Values, SumOfSquares), column.Take(rows) is NumericColumn own ? SquaredCorrelation(own.Values, numbers.Values) : 0))
            : ("τ", VarianceBetween(groups, Classes(labels.Take(rows), task), Impurity));
        if (value < Threshold)
            return null;
        var rounded = value.ToString("0.000", CultureInfo.InvariantCulture);
        return new LeakSuspicion(
            column.Name,
            task.Name,
            measure,
            value,
            $"'{column.Name}' {(value > 1 - 1e-9 ? "determines" : "nearly determines")} the task '{task.Name}' ({measure} {rounded}): it may be a copy of it, computed from it, or known only afterwards.");
    }

    private static int[] Classes(Column labels, TaskDefinition task)
    {
        var texts = labels.AsText();
        return task is { Kind: TaskKind.Binary, Positive.Length: > 0 } ? [.. texts.Codes.Select(code => texts.Vocabulary[code] == task.Positive ? 1 : 0)] : texts.Codes;
    }

    private static int[] Groups(Column column)
    {
        if (column is not NumericColumn numbers || numbers.Values.Distinct().Take(FewValues + 1).Count() <= FewValues)
            return column.AsText().Codes;
        float[] sorted = [.. numbers.Values.Order()];
        var bins = Math.Clamp(sorted.Length / 10, 2, MostBins);
        float[] edges = [.. Enumerable.Range(1, bins - 1).Select(bin => sorted[(int)((long)bin * sorted.Length / bins)]).Distinct()];
        return [.. numbers.Values.Select(value => Array.BinarySearch(edges, value) is var place && place < 0 ? ~place : place + 1)];
    }

    /// <summary>The share of the variance between groups, of labels whose sum of squares is given by a function.</summary>
    private static double VarianceBetween<T>(int[] groups, T[] labels, Func<T[], double> sumOfSquares)
    {
        var total = sumOfSquares(labels);
        var byGroup = groups.Zip(labels).GroupBy(row => row.First, row => row.Second).Select(group => group.ToArray()).ToArray();
        if (total == 0 || byGroup.Length >= labels.Length)
            return 0;
        var within = byGroup.Sum(sumOfSquares);
        return 1 - (within / (labels.Length - byGroup.Length) / (total / (labels.Length - 1)));
    }

    private static double SumOfSquares(float[] values)
    {
        var mean = values.Average(value => (double)value);
        return values.Sum(value => (value - mean) * (value - mean));
    }

    private static double SquaredCorrelation(float[] x, float[] y)
    {
        var (meanX, meanY) = (x.Average(value => (double)value), y.Average(value => (double)value));
        var product = x.Zip(y).Sum(pair => (pair.First - meanX) * (pair.Second - meanY));
        var squares = SumOfSquares(x) * SumOfSquares(y);
        return squares == 0 ? 0 : product * product / squares;
    }

    /// <summary>The sum of squares of one-hot labels: n − Σ nᵢ²/n.</summary>
    private static double Impurity(int[] classes) => classes.Length - (classes.CountBy(label => label).Sum(label => (double)label.Value * label.Value) / classes.Length);
}
