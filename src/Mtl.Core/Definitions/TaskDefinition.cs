using System.Text.Json.Serialization;
using Mtl.Core.Catalogue;

namespace Mtl.Core.Definitions;

/// <summary>One task of an experiment.</summary>
/// <param name="Name">Unique in the experiment; letters, digits, '-' and '_'. Metrics and outputs carry it.</param>
/// <param name="Column">The table's column that holds the labels; a missing label leaves the row out of this task only. Empty for a reconstruction, and for a multilabel task with <see cref="Columns"/>.</param>
/// <param name="Kind">What is predicted.</param>
public sealed record TaskDefinition(string Name, string Column, TaskKind Kind)
{
    /// <summary>As documents have it, where the column may be left out.</summary>
    [JsonConstructor]
    public TaskDefinition(string name, TaskKind kind, string column = "")
        : this(name, column, kind)
    {
    }

    /// <summary>For <see cref="TaskKind.Multilabel"/> without <see cref="Column"/>: columns of 0 and 1 (or no and yes, false and true), one for each label, named like it; at least two.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>For <see cref="TaskKind.Multilabel"/> with <see cref="Column"/>: what stands between the labels of a row; the separator alone stands for no label.</summary>
    public string Separator { get; init; } = ";";

    /// <summary>For <see cref="TaskKind.Rating"/>: the least rating; null for the least one in the training rows.</summary>
    public double? Minimum { get; init; }

    /// <summary>For <see cref="TaskKind.Rating"/>: the greatest rating; null for the greatest one in the training rows.</summary>
    public double? Maximum { get; init; }

    /// <summary>For <see cref="TaskKind.Binary"/>: the label that counts as positive; every other label is negative. Empty: the column's rarer label.</summary>
    public string Positive { get; init; } = "";

    /// <summary>
    /// A column that says whose a row is: with <see cref="Value"/> the task is of the rows with that value alone; without, this is a template for one task <c>{name}-{value}</c> for each value of the
    /// column, on that value's rows, all in the same units. Empty: the task is of all rows. The column is no input.
    /// </summary>
    public string By { get; init; } = "";

    /// <summary>The value of column <see cref="By"/> on the task's rows; empty for a template.</summary>
    public string Value { get; init; } = "";

    /// <summary>Every column that holds labels of the task.</summary>
    [JsonIgnore]
    public IEnumerable<string> LabelColumns => Column.Length > 0 ? [Column] : Columns;

    /// <summary>The loss; null for the kind's default (squared error, cross entropy).</summary>
    public Choice? Loss { get; init; }
}
