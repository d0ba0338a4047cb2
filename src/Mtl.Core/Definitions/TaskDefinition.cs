using Mtl.Core.Catalogue;

namespace Mtl.Core.Definitions;

/// <summary>One task of an experiment.</summary>
/// <param name="Name">Unique in the experiment; letters, digits, '-' and '_'. Metrics and outputs carry it.</param>
/// <param name="Column">The table's column that holds the labels; a missing label leaves the row out of this task only.</param>
/// <param name="Kind">What is predicted.</param>
public sealed record TaskDefinition(string Name, string Column, TaskKind Kind)
{
    /// <summary>For <see cref="TaskKind.Binary"/>: the label that counts as positive; every other label is negative. Empty: the column's rarer label.</summary>
    public string Positive { get; init; } = "";

    /// <summary>
    /// A column that says whose a row is: with <see cref="Value"/> the task is of the rows with that value alone; without, this is a template for one task <c>{name}-{value}</c> for each value of the
    /// column, on that value's rows, all in the same units. Empty: the task is of all rows. The column is no input.
    /// </summary>
    public string By { get; init; } = "";

    /// <summary>The value of column <see cref="By"/> on the task's rows; empty for a template.</summary>
    public string Value { get; init; } = "";

    /// <summary>The loss; null for the kind's default (squared error, cross entropy).</summary>
    public Choice? Loss { get; init; }
}
