namespace Mtl.Dashboard.Models;

/// <summary>A cell of a confusion matrix.</summary>
/// <param name="Share">Of the rows with that true label, 0 to 1; the cell's depth of colour.</param>
public sealed record ConfusionCell(long Count, double Share, bool IsRight);

/// <summary>A confusion matrix as a table: a row per true label, a cell per predicted label.</summary>
public static class ConfusionTable
{
    public static IReadOnlyList<IReadOnlyList<ConfusionCell>> Of(IReadOnlyList<IReadOnlyList<long>> counts) =>
    [
        .. counts.Select((row, i) =>
        {
            var total = row.Sum();
            return (IReadOnlyList<ConfusionCell>)[.. row.Select((count, j) => new ConfusionCell(count, total == 0 ? 0 : (double)count / total, i == j))];
        }),
    ];
}
