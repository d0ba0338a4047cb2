using Mtl.Tracking.Runs;

namespace Mtl.Dashboard.Models;

/// <summary>A task's test results as a row.</summary>
/// <param name="Compared">Its part of Δm; null where there is no baseline.</param>
public sealed record TaskRow(TaskResult Result, TaskComparison? Compared);

/// <summary>The test results of many tasks as one table that can be searched and sorted.</summary>
/// <param name="Metrics">The metrics that any task has, each a column.</param>
/// <param name="Rows">Those found, in the order asked for.</param>
public sealed record TaskTable(IReadOnlyList<string> Metrics, IReadOnlyList<TaskRow> Rows)
{
    /// <summary>Up to so many tasks have a card each; more make a table.</summary>
    public const int MostCards = 12;

    /// <summary>The column of the tasks' names.</summary>
    public const string Task = "task";

    /// <summary>The column of the change against the baseline.</summary>
    public const string Change = "change";

    /// <param name="words">Words that a task's name holds, all of them; empty for all tasks.</param>
    /// <param name="sort">A column, with <c>-</c> before it from the greatest down; empty for the result's order. What a task lacks comes last either way.</param>
    public static TaskTable Of(RunResult result, BaselineComparison? comparison, string? words, string? sort)
    {
        var compared = (comparison?.Tasks ?? []).ToDictionary(task => task.Task);
        string[] wanted = (words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        TaskRow[] rows =
        [
            .. result.Tasks.Where(task => wanted.All(word => task.Task.Contains(word, StringComparison.OrdinalIgnoreCase)))
                .Select(task => new TaskRow(task, compared.GetValueOrDefault(task.Task))),
        ];
        return new([.. result.Tasks.SelectMany(task => task.Metrics.Keys).Distinct()], Sorted(rows, sort ?? ""));
    }

    /// <summary>The order that pressing a column's head leads to: upwards, downwards, the result's own.</summary>
    public static string? NextSort(string? sort, string column) => sort == column ? $"-{column}" : sort == $"-{column}" ? null : column;

    private static TaskRow[] Sorted(TaskRow[] rows, string sort)
    {
        var isDown = sort.StartsWith('-');
        var column = sort.TrimStart('-');
        if (column.Length == 0)
            return rows;
        if (column == Task)
            return [.. isDown ? rows.OrderByDescending(row => row.Result.Task, StringComparer.Ordinal) : rows.OrderBy(row => row.Result.Task, StringComparer.Ordinal)];
        double? Value(TaskRow row) => column == Change ? row.Compared?.DeltaPercent : row.Result.Metrics.TryGetValue(column, out var value) && !double.IsNaN(value) ? value : null;
        var known = rows.OrderBy(row => Value(row) is null);
        return [.. isDown ? known.ThenByDescending(Value) : known.ThenBy(Value)];
    }
}
