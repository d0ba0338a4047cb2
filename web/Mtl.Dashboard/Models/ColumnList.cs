namespace Mtl.Dashboard.Models;

/// <summary>As much of a long list of columns as a page shows, so that a table of thousands stays quick: the first and the last ones, where labels mostly are, and those that something was chosen for.</summary>
public static class ColumnList
{
    /// <summary>Most columns shown that nothing was chosen for.</summary>
    public const int Most = 100;

    private const int AtEnd = 20;

    /// <param name="columns">In the table's order, which stays.</param>
    /// <param name="isChosen">Whether a column is shown wherever it stands.</param>
    public static IReadOnlyList<T> Shown<T>(IReadOnlyList<T> columns, Func<T, bool>? isChosen = null) =>
        columns.Count <= Most ? columns : [.. columns.Index().Where(column => column.Index < Most - AtEnd || column.Index >= columns.Count - AtEnd || isChosen?.Invoke(column.Item) == true).Select(column => column.Item)];
}
