using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;

namespace Mtl.Learning.Preprocessing.Targets;

/// <summary>Fits a task's labels, or says why they can't be learned.</summary>
internal static class Targets
{
    /// <param name="task">The task.</param>
    /// <param name="field">Its place in the definition: <c>tasks[0]</c>.</param>
    /// <param name="column">Its column.</param>
    /// <param name="trainRows">The rows that means and shares are taken from.</param>
    public static Result<TaskTarget> Fit(TaskDefinition task, string field, Column column, ReadOnlySpan<int> trainRows)
    {
        if (column.MissingCount == column.Count)
        {
            return Error.Invalid(
                $"Task '{task.Name}': column '{column.Name}' has no label in any of its {column.Count} rows.",
                "Choose a column with labels.",
                $"{field}.column");
        }

        if (task.Kind == TaskKind.Regression)
            return RegressionTarget.Fit(task, field, column, trainRows);
        var codes = LabelCodes.Of(column);
        if (codes.Labels.Count == 1)
        {
            return Error.Invalid(
                $"Task '{task.Name}': column '{column.Name}' has one label only, '{codes.Labels[0]}'; there is nothing to learn.",
                "Choose a column with at least two labels.",
                $"{field}.column");
        }

        return task.Kind == TaskKind.Binary ? BinaryTarget.Fit(task, field, codes, trainRows) : MulticlassTarget.Fit(task, field, codes, trainRows);
    }
}
