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

    public TaskDefinition ToDefinition() => new(Name.Trim(), Column, Kind) { Positive = Kind == TaskKind.Binary ? Positive : "", Loss = Loss.ToChoice() };

    [GeneratedRegex("[^A-Za-z0-9_-]+")]
    private static partial Regex NotAllowed();
}
