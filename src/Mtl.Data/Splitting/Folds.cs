using Mtl.Core.Definitions;
using Mtl.Core.Random;
using Mtl.Data.Tables;

namespace Mtl.Data.Splitting;

/// <summary>
/// Cuts the training rows into K folds as the split cuts the table: each stratum dealt out evenly (stratified), whole groups to the smallest fold (group), at random otherwise. The same table,
/// definition and seed give the same folds on every platform.
/// </summary>
public static class Folds
{
    /// <param name="table">The table.</param>
    /// <param name="rows">Its training rows.</param>
    /// <param name="definition">The kind of split and its column.</param>
    /// <param name="count">K, at least 2.</param>
    /// <param name="seed">Of the experiment; folds have a stream of their own.</param>
    /// <returns>The rows of each fold, ascending.</returns>
    public static int[][] Of(Table table, ReadOnlySpan<int> rows, SplitDefinition definition, int count, ulong seed)
    {
        var random = new CounterRandom(seed, "folds");
        int[] shuffled = [.. rows];
        random.Shuffle(shuffled.AsSpan());
        var codes = definition.Kind is SplitKind.Stratified or SplitKind.Group ? table[definition.Column].AsText().Codes : new int[table.RowCount];
        var folds = Enumerable.Range(0, count).Select(_ => new List<int>()).ToArray();
        if (definition.Kind == SplitKind.Group)
        {
            foreach (var group in shuffled.GroupBy(row => codes[row] == TextColumn.Missing ? -1 - row : codes[row]).OrderByDescending(group => group.Count()))
                folds.MinBy(fold => fold.Count)!.AddRange(group);
        }
        else
        {
            var next = 0;
            foreach (var row in shuffled.GroupBy(row => codes[row]).OrderBy(stratum => stratum.Key).SelectMany(stratum => stratum))
                folds[next++ % count].Add(row);
        }

        return [.. folds.Select(fold => fold.Order().ToArray())];
    }
}
