using System.Text.RegularExpressions;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;
using Mtl.Learning.Preprocessing.Targets;

namespace Mtl.Learning.Training;

/// <summary>Writes templates out: a task with a column <c>by</c> and no value becomes one task for each value of that column that has a label.</summary>
internal static partial class TaskTemplates
{
    /// <summary>Most tasks of a definition once written out.</summary>
    public const int MaximumTasks = 1000;

    private const int LongestName = 64;

    /// <returns>The definition with its tasks written out, and each task's index in the definition that was given.</returns>
    public static Result<(ExperimentDefinition Definition, int[] Origins)> WriteOut(ExperimentDefinition definition, Table table)
    {
        List<TaskDefinition> tasks = [];
        List<int> origins = [];
        for (var index = 0; index < definition.Tasks.Count; index++)
        {
            var written = WriteOut(definition.Tasks[index], $"tasks[{index}]", table);
            if (!written.IsSuccess)
                return written.Error;
            tasks.AddRange(written.Value);
            origins.AddRange(Enumerable.Repeat(index, written.Value.Length));
            if (tasks.Count > MaximumTasks)
            {
                return Error.Invalid(
                    $"Column '{definition.Tasks[index].By}' makes {written.Value.Length} tasks of '{definition.Tasks[index].Name}'; all tasks together may be at most {MaximumTasks}.",
                    "Take a column with fewer values, or name the tasks one by one with 'value'.",
                    $"tasks[{index}].by");
            }
        }

        var twice = tasks.GroupBy(task => task.Name).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null
            ? (definition with { Tasks = tasks }, origins.ToArray())
            : Error.Invalid($"Two tasks are named '{twice}' once templates are written out; a task's name is unique in its experiment.", "Give the template another name.", "tasks");
    }

    private static Result<TaskDefinition[]> WriteOut(TaskDefinition task, string field, Table table)
    {
        if (task.By.Length == 0)
            return (TaskDefinition[])[task];
        var by = table.Find(task.By, $"{field}.by");
        if (!by.IsSuccess)
            return by.Error;
        var groups = LabelCodes.Of(by.Value);
        if (task.Value.Length > 0)
        {
            return groups.IndexOf(task.Value) >= 0
                ? (TaskDefinition[])[task]
                : Error.Invalid($"Task '{task.Name}': the value '{task.Value}' does not occur in column '{task.By}', which has {groups.Names()}.", "Correct the value; case matters.", $"{field}.value");
        }

        foreach (var name in task.LabelColumns)
            if (table.Find(name, $"{field}.column") is { IsSuccess: false } absent)
                return absent.Error;
        Column[] columns = [.. task.LabelColumns.Select(name => table[name])];
        var isLabelled = new bool[groups.Labels.Count];
        for (var row = 0; row < groups.Codes.Length; row++)
            if (groups.Codes[row] != TextColumn.Missing && !Array.Exists(columns, column => column.IsMissing(row)))
                isLabelled[groups.Codes[row]] = true;
        HashSet<string> taken = [];
        TaskDefinition[] written =
        [
            .. Enumerable.Range(0, groups.Labels.Count).Where(group => isLabelled[group])
                .Select(group => task with { Name = Unique($"{task.Name}-{NotInNames().Replace(groups.Labels[group], "-")}", taken), Value = groups.Labels[group] }),
        ];
        return written.Length > 0
            ? written
            : Error.Invalid($"Task '{task.Name}': no row has both a value of column '{task.By}' and a label in column '{task.Column}'.", "Choose another column.", $"{field}.by");
    }

    private static string Unique(string name, HashSet<string> taken)
    {
        var cut = name[..Math.Min(name.Length, LongestName)];
        for (var number = 2; !taken.Add(cut); number++)
            cut = $"{name[..Math.Min(name.Length, LongestName - 5)]}-{number}";
        return cut;
    }

    [GeneratedRegex("[^A-Za-z0-9_-]")]
    private static partial Regex NotInNames();
}
