using Mtl.Core.Definitions;
using Mtl.Data.Tables;

namespace Mtl.Learning.Training;

/// <summary>
/// The groups that a table's rows fall into where every task has rows of its own by the same column: a group for each value that has tasks, with one or several tasks.
/// Batches are ordered by group, so that a task's own part of the model computes its group's rows only.
/// </summary>
internal sealed class RowGroups
{
    private readonly int[] groupOfRow;

    private RowGroups(int[] groupOfRow, int[] groupOf, int count)
    {
        (this.groupOfRow, GroupOf, Count) = (groupOfRow, groupOf, count);
        Members = [.. Enumerable.Range(0, count).Select(group => Enumerable.Range(0, groupOf.Length).Where(task => groupOf[task] == group).ToArray())];
        MemberOf = [.. groupOf.Select((group, task) => Array.IndexOf(Members[group], task))];
    }

    public int Count { get; }

    /// <summary>By task: its group.</summary>
    public IReadOnlyList<int> GroupOf { get; }

    /// <summary>By task: its place among the tasks of its group.</summary>
    public IReadOnlyList<int> MemberOf { get; }

    /// <summary>By group: its tasks.</summary>
    public IReadOnlyList<int[]> Members { get; }

    /// <summary>Null where some task is of all rows, where tasks go by different columns, or where all have the same rows: then each task is masked on the whole batch.</summary>
    public static RowGroups? Of(IReadOnlyList<TaskDefinition> tasks, Table table)
    {
        var by = tasks[0].By;
        if (by.Length == 0 || tasks.Any(task => task.By != by))
            return null;
        string[] values = [.. tasks.Select(task => task.Value).Distinct()];
        if (values.Length == 1)
            return null;
        var texts = table[by].AsText();
        var groupOfCode = Array.ConvertAll(texts.Vocabulary, text => Array.IndexOf(values, text));
        return new RowGroups(
            Array.ConvertAll(texts.Codes, code => code == TextColumn.Missing ? -1 : groupOfCode[code]),
            [.. tasks.Select(task => Array.IndexOf(values, task.Value))],
            values.Length);
    }

    /// <summary>A row's group; -1 for a row that no task has.</summary>
    public int OfRow(int row) => groupOfRow[row];

    /// <summary>Brings rows into the order of their groups; those of one group stay in order.</summary>
    public void Order(Span<int> rows)
    {
        var places = new int[Count + 1];
        foreach (var row in rows)
            places[groupOfRow[row] + 1]++;
        for (var group = 0; group < Count; group++)
            places[group + 1] += places[group];
        foreach (var row in rows.ToArray())
            rows[places[groupOfRow[row]]++] = row;
    }
}
