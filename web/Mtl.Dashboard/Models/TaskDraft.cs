using System.Globalization;
using System.Text.RegularExpressions;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;

namespace Mtl.Dashboard.Models;

/// <summary>A task being described.</summary>
public sealed partial class TaskDraft(ICatalogue catalogue, TaskDefinition task)
{
    public string Column { get; } = task.Column;

    public string Name { get; set; } = task.Name;

    public TaskKind Kind { get; set; } = task.Kind;

    /// <summary>The positive label of a binary task; empty for the rarer one.</summary>
    public string Positive { get; set; } = task.Positive;

    /// <summary>The column whose values make a task each, on that value's rows; empty for one task of all rows.</summary>
    public string By { get; set; } = task.By;

    /// <summary>With <see cref="By"/>: the value on whose rows the task is; empty for a task for each.</summary>
    public string Value { get; set; } = task.Value;

    /// <summary>The columns of a multilabel task that has one for each label.</summary>
    public IReadOnlyList<string> Columns { get; set; } = task.Columns;

    /// <summary>What stands between the labels of a multilabel task.</summary>
    public string Separator { get; set; } = task.Separator;

    /// <summary>Bounds of a rating as typed; empty for those of the training rows.</summary>
    public string Minimum { get; set; } = Typed(task.Minimum);

    public string Maximum { get; set; } = Typed(task.Maximum);

    /// <summary>The kinds of task that a column can have.</summary>
    public static IEnumerable<TaskKind> KindsOfColumns { get; } = [.. Enum.GetValues<TaskKind>().Where(kind => kind != TaskKind.Reconstruction)];

    /// <summary>Whether the bounds of a rating can be read.</summary>
    public bool IsReadable => Kind != TaskKind.Rating || (IsNumber(Minimum) && IsNumber(Maximum));

    /// <summary>The loss; its key is empty for the kind's default.</summary>
    public MethodDraft Loss { get; } = new(catalogue, MethodKind.Loss, task.Loss);

    /// <summary>A task of a column, named after it.</summary>
    public static TaskDraft Of(ICatalogue catalogue, string column, TaskKind kind) => new(catalogue, new TaskDefinition(NameFor(column), column, kind));

    /// <summary>A column's name as a task's: what is not a letter, digit, '-' or '_' becomes '_'.</summary>
    public static string NameFor(string column)
    {
        var name = NotAllowed().Replace(column, "_").Trim('_');
        return name.Length is 0 || name == MetricKey.All ? "task_" + name : name[..Math.Min(name.Length, 64)];
    }

    public TaskDefinition ToDefinition() => task with
    {
        Name = Name.Trim(),
        Kind = Kind,
        Positive = Kind == TaskKind.Binary ? Positive : "",
        By = By,
        Value = By.Length > 0 ? Value : "",
        Columns = Columns,
        Separator = Kind == TaskKind.Multilabel ? Separator : task.Separator,
        Minimum = Kind == TaskKind.Rating ? Bound(Minimum) : null,
        Maximum = Kind == TaskKind.Rating ? Bound(Maximum) : null,
        Loss = Loss.ToChoice(),
    };

    /// <summary>Whether a column holds labels of the task.</summary>
    public bool Predicts(string column) => Column == column || Columns.Contains(column);

    private static string Typed(double? bound) => bound?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static bool IsNumber(string text) => string.IsNullOrWhiteSpace(text) || Bound(text) is not null;

    private static double? Bound(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) ? bound : null;

    [GeneratedRegex("[^A-Za-z0-9_-]+")]
    private static partial Regex NotAllowed();
}
