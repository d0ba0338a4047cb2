using System.Globalization;

namespace Mtl.Core.Definitions;

/// <summary>Which members a task of each kind has, and within which bounds.</summary>
internal static class TaskRules
{
    public static Error? Broken(TaskDefinition task, string field) => BrokenColumns(task, field) ?? BrokenMembers(task, field);

    private static Error? BrokenColumns(TaskDefinition task, string field)
    {
        switch (task.Kind, task.Column.Length > 0, task.Columns.Count)
        {
            case (TaskKind.Reconstruction, true, _) or (TaskKind.Reconstruction, _, > 0):
                return Error.Invalid($"Task '{task.Name}' is a reconstruction, which predicts the model's inputs and has no column.", "Leave the column out.", $"{field}.column");
            case (TaskKind.Reconstruction, _, _):
                return task.By.Length == 0 ? null : Error.Invalid($"Task '{task.Name}' is a reconstruction, which is of all rows.", "Leave 'by' out.", $"{field}.by");
            case (TaskKind.Multilabel, true, > 0):
                return Error.Invalid($"Task '{task.Name}' has both a column and columns; exactly one of them says where its labels are.", field: $"{field}.columns");
            case (TaskKind.Multilabel, false, 0):
                return Error.Invalid($"Task '{task.Name}' names no column.", "Name one text column of separated labels in 'column', or a column for each label in 'columns'.", $"{field}.column");
            case (TaskKind.Multilabel, false, 1):
                return Error.Invalid($"Task '{task.Name}' has one label column; a multilabel task has at least two.", "Make it a binary task.", $"{field}.columns");
            case (TaskKind.Multilabel, _, _):
                return task.Columns.Any(string.IsNullOrEmpty) || task.Columns.Distinct().Count() < task.Columns.Count
                    ? Error.Invalid($"Task '{task.Name}': columns holds an empty name or one twice; it lists the label columns.", field: $"{field}.columns")
                    : null;
            case (_, _, > 0):
                return Error.Invalid($"Task '{task.Name}' is {Noun(task.Kind)}; several columns are for multilabel tasks.", "Name its column in 'column'.", $"{field}.columns");
            case (_, false, _):
                return Error.Invalid($"Task '{task.Name}' names no column.", field: $"{field}.column");
            default:
                return null;
        }
    }

    private static Error? BrokenMembers(TaskDefinition task, string field)
    {
        if (task.Separator.Length == 0)
            return Error.Invalid($"Task '{task.Name}' has an empty separator; it stands between the labels of a row.", field: $"{field}.separator");
        if (task.Kind != TaskKind.Rating)
        {
            return task.Minimum is null && task.Maximum is null
                ? null
                : Error.Invalid($"Task '{task.Name}' is {Noun(task.Kind)}; minimum and maximum are for ratings.", "Leave them out.", $"{field}.{(task.Minimum is null ? "maximum" : "minimum")}");
        }

        if (task is { Minimum: { } least, Maximum: { } most } && !(least < most))
        {
            return Error.Invalid(
                string.Create(CultureInfo.InvariantCulture, $"Task '{task.Name}' rates from {least} to {most}; the minimum must be less than the maximum."), field: $"{field}.minimum");
        }

        return double.IsFinite(task.Minimum ?? 0) && double.IsFinite(task.Maximum ?? 0)
            ? null
            : Error.Invalid($"Task '{task.Name}': minimum and maximum are finite numbers.", field: $"{field}.{(double.IsFinite(task.Minimum ?? 0) ? "maximum" : "minimum")}");
    }

    private static string Noun(TaskKind kind) => kind.ToString().ToLowerInvariant();
}
