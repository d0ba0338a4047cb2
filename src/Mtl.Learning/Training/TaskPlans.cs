using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Data.Splitting;
using Mtl.Data.Tables;
using Mtl.Learning.Losses;
using Mtl.Learning.Preprocessing.Targets;

namespace Mtl.Learning.Training;

/// <summary>Fits the tasks' labels and makes their losses, or says why they can't be trained.</summary>
internal static class TaskPlans
{
    private const long MostLabels = 1L << 30;

    /// <param name="definition">Completed, with its templates.</param>
    /// <param name="written">The same with templates written out.</param>
    /// <param name="origins">By written task: its index in <paramref name="definition"/>.</param>
    /// <param name="table">The data.</param>
    /// <param name="features">The table's features.</param>
    /// <param name="split">The sides.</param>
    /// <param name="needsLabels">Whether every task must have labels on every side.</param>
    public static Result<TaskPlan[]> Fit(ExperimentDefinition definition, ExperimentDefinition written, int[] origins, Table table, TableFeatures features, SplitIndices split, bool needsLabels)
    {
        if ((long)written.Tasks.Count * table.RowCount > MostLabels)
            return Error.TooLarge($"{written.Tasks.Count} tasks of {table.RowCount} rows each are more than the {MostLabels} labels that training holds in memory.", "Name fewer tasks, or use fewer rows.") with { Field = "tasks" };

        var tasks = new TaskPlan[written.Tasks.Count];
        TaskTarget? template = null;
        for (var index = 0; index < tasks.Length; index++)
        {
            var (task, field) = (written.Tasks[index], $"tasks[{origins[index]}]");
            var loss = LossOf(task, field);
            if (!loss.IsSuccess)
                return loss.Error;

            var isWrittenOut = definition.Tasks[origins[index]] is { By.Length: > 0, Value.Length: 0 };
            if (index == 0 || origins[index] != origins[index - 1])
                template = null;
            var target = isWrittenOut ? OnOwnRows(template, task, definition.Tasks[origins[index]], field, table, features, split) : FitTarget(task, field, table, features, split);
            if (!target.IsSuccess)
                return target.Error;
            template ??= target.Value.Template;
            if (needsLabels && Unlabelled(task, target.Value.Own, split) is { } error)
                return error;
            tasks[index] = new TaskPlan(task, target.Value.Own, loss.Value.For(target.Value.Own.Shares));
        }

        return tasks;
    }

    private static Result<ILoss> LossOf(TaskDefinition task, string field)
    {
        var loss = LossTable.Methods.Create(task.Loss ?? LossTable.DefaultFor(task.Kind));
        if (!loss.IsSuccess)
            return loss.Error with { Field = $"{field}.loss" };
        return loss.Value.Kinds.Contains(task.Kind)
            ? loss
            : Error.Invalid(
                $"Task '{task.Name}' is {Noun(task.Kind)}; loss '{task.Loss!.Key}' is for tasks of kind {string.Join(", ", loss.Value.Kinds.Select(Noun))}.",
                $"Leave the loss out, or take '{LossTable.DefaultFor(task.Kind).Key}'.",
                $"{field}.loss");
    }

    /// <summary>A task on all rows, or on those with its value, in units of its own.</summary>
    private static Result<Fitted> FitTarget(TaskDefinition task, string field, Table table, TableFeatures features, SplitIndices split)
    {
        Column[] columns = [.. task.LabelColumns.Select(name => table[name])];
        if (task.By.Length > 0)
        {
            var by = table[task.By].AsText();
            columns = Array.ConvertAll(columns, column => column.Where(row => by.TextAt(row) == task.Value));
        }

        return Targets.Fit(task, field, columns, features, split.Train).Map(target => new Fitted(target, target));
    }

    /// <summary>A template's task: fitted on the rows of all of its tasks, so that they share units and labels, then kept to its own rows.</summary>
    private static Result<Fitted> OnOwnRows(TaskTarget? template, TaskDefinition task, TaskDefinition origin, string field, Table table, TableFeatures features, SplitIndices split)
    {
        var by = table[task.By].AsText();
        if (template is null)
        {
            var fitted = Targets.Fit(origin, field, [.. task.LabelColumns.Select(name => table[name].Where(row => !by.IsMissing(row)))], features, split.Train);
            if (!fitted.IsSuccess)
                return fitted.Error;
            template = fitted.Value;
        }

        var code = Array.IndexOf(by.Vocabulary, task.Value);
        var labelled = new float[by.Count];
        for (var row = 0; row < labelled.Length; row++)
            labelled[row] = by.Codes[row] == code ? template.Labelled[row] : 0;
        return new Fitted(template.On(labelled, split.Train), template);
    }

    private static Error? Unlabelled(TaskDefinition task, TaskTarget target, SplitIndices split)
    {
        foreach (var (side, rows) in new[] { ("training", split.Train), ("validation", split.Validation), ("test", split.Test) })
        {
            if (Array.TrueForAll(rows, row => target.Labelled[row] == 0))
            {
                return Error.Invalid(
                    $"Task '{task.Name}' has no label in any of the {rows.Length} {side} rows.",
                    task.By.Length == 0
                        ? "Make that side larger, or use a split that gives it labelled rows."
                        : $"Use a split of kind 'stratified' by column '{task.By}', which gives every side rows of each task, or make that side larger.",
                    "split");
            }
        }

        return null;
    }

    private static string Noun(TaskKind kind) => kind.ToString().ToLowerInvariant();

    /// <param name="Own">The task's target.</param>
    /// <param name="Template">What the next task of the same template is made from.</param>
    private sealed record Fitted(TaskTarget Own, TaskTarget Template);
}
