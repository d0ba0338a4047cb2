using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Core.Random;
using Mtl.Data.Tables;

namespace Mtl.Data.Splitting;

/// <summary>Tells a table's rows apart into training, validation and test rows. The same table, definition and seed give the same rows on every platform.</summary>
public static class Splits
{
    private const double LargestFraction = 0.9;

    /// <summary>The labels of a split column, in any case.</summary>
    private static readonly Dictionary<string, Side> Labels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["train"] = Side.Train,
        ["val"] = Side.Validation,
        ["validation"] = Side.Validation,
        ["test"] = Side.Test,
    };

    /// <summary>Splits a table.</summary>
    /// <param name="table">At least 3 rows.</param>
    /// <param name="definition">The kind of split, its column and its fractions.</param>
    /// <param name="seed">Of the experiment; the split has a stream of its own.</param>
    /// <returns>The rows of each side, or an error whose field is that of the experiment definition (<c>split.column</c>, …).</returns>
    public static Result<SplitIndices> Of(Table table, SplitDefinition definition, ulong seed)
    {
        var random = new CounterRandom(seed, "split");
        if (CheckFractions(definition) is { } error)
            return error;
        return (definition.Kind switch
        {
            SplitKind.Random => Stratified(new int[table.RowCount], definition, random),
            SplitKind.Stratified => table.Find(definition.Column, "split.column").Then(column => Stratified(column.AsText().Codes, definition, random)),
            SplitKind.Group => table.Find(definition.Column, "split.column").Then(column => Grouped(column.AsText(), definition, random)),
            SplitKind.Column => table.Find(definition.Column, "split.column").Then(column => Labelled(column.AsText(), definition, random)),
            _ => throw new ArgumentOutOfRangeException(nameof(definition), definition.Kind, "There is no such kind of split."),
        }).Then(sides => Indices(sides, definition));
    }

    private static Error? CheckFractions(SplitDefinition definition)
    {
        if (!IsFraction(definition.Validation))
            return Error.Invalid($"The validation fraction {definition.Validation} is out of range; more than 0 and less than {LargestFraction} is allowed.", field: "split.validation");
        if (definition.Kind == SplitKind.Column)
            return null;
        if (!IsFraction(definition.Test))
            return Error.Invalid($"The test fraction {definition.Test} is out of range; more than 0 and less than {LargestFraction} is allowed.", field: "split.test");
        return definition.Validation + definition.Test < 1
            ? null
            : Error.Invalid($"The validation fraction {definition.Validation} and the test fraction {definition.Test} leave no training rows; together they must be less than 1.", field: "split.validation");

        static bool IsFraction(double value) => value is > 0 and < LargestFraction;
    }

    /// <summary>Each stratum apart; a missing label is a stratum too.</summary>
    private static Result<Side[]> Stratified(int[] strata, SplitDefinition definition, CounterRandom random)
    {
        var sides = new Side[strata.Length];
        Draw(sides, Enumerable.Range(0, strata.Length).GroupBy(row => strata[row]), definition.Validation, definition.Test, random);
        return sides;
    }

    /// <summary>
    /// Groups in random order, each to the side that lacks the most rows. A row without a group is a group of its own.
    /// </summary>
    private static Result<Side[]> Grouped(TextColumn groups, SplitDefinition definition, CounterRandom random)
    {
        var members = Enumerable.Range(0, groups.Count).GroupBy(row => groups.Codes[row] is var code && code == TextColumn.Missing ? -1 - row : code).Select(group => group.ToArray()).ToArray();
        if (members.Length < 3)
            return Error.Invalid($"The group column '{groups.Name}' has {members.Length} different values; at least 3 are needed, one for each side.", "Pick another column or another kind of split.", "split.column");
        random.Shuffle(members.AsSpan());
        double[] lacking = [groups.Count * (1 - definition.Validation - definition.Test), groups.Count * definition.Validation, groups.Count * definition.Test];
        var sides = new Side[groups.Count];
        HashSet<int> empty = [0, 1, 2];
        foreach (var (index, rows) in members.Index())
        {
            // The last groups go to the sides that would stay empty.
            var open = members.Length - index <= empty.Count ? empty : Enumerable.Range(0, 3);
            var side = open.MaxBy(candidate => lacking[candidate]);
            empty.Remove(side);
            lacking[side] -= rows.Length;
            foreach (var row in rows)
                sides[row] = (Side)side;
        }

        return sides;
    }

    private static Result<Side[]> Labelled(TextColumn labels, SplitDefinition definition, CounterRandom random)
    {
        var sides = new Side[labels.Count];
        for (var row = 0; row < sides.Length; row++)
        {
            if (!Labels.TryGetValue(labels.TextAt(row), out sides[row]))
            {
                var found = labels.IsMissing(row) ? "is empty" : $"is '{labels.TextAt(row)}'";
                return Error.Invalid($"The split column '{labels.Name}' {found} in row {row + 1}; train, val (or validation) and test are allowed.", "Correct the label, or pick another kind of split.", "split.column");
            }
        }

        foreach (var required in (ReadOnlySpan<Side>)[Side.Train, Side.Test])
        {
            if (!sides.Contains(required))
                return Error.Invalid($"The split column '{labels.Name}' has no row with the label '{required.ToString().ToLowerInvariant()}'.", "Label some rows so, or pick another kind of split.", "split.column");
        }

        if (!sides.Contains(Side.Validation))
        {
            int[] train = [.. Enumerable.Range(0, sides.Length).Where(row => sides[row] == Side.Train)];
            Draw(sides, train.GroupBy(_ => 0), definition.Validation, test: 0, random);
        }

        return sides;
    }

    /// <summary>
    /// Draws each stratum's sides at random. Of a stratum of m rows a side with fraction f gets ⌊mf⌋ or ⌈mf⌉ rows; the rows left over by rounding down go to the sides that lack the most so far,
    /// so that many small strata together keep the fractions as well.
    /// </summary>
    private static void Draw(Side[] sides, IEnumerable<IGrouping<int, int>> strata, double validation, double test, CounterRandom random)
    {
        double[] fractions = [1 - validation - test, validation, test];
        var lacking = new double[3];
        foreach (var stratum in strata.OrderBy(stratum => stratum.Key))
        {
            int[] rows = [.. stratum];
            random.Fork((ulong)(long)stratum.Key).Shuffle(rows.AsSpan());

            // The sum of the fractions is 1 only up to rounding: a whole quota must not be taken for a little less.
            double[] quotas = [.. fractions.Select(fraction => Math.Round(rows.Length * fraction, 9))];
            int[] counts = [.. quotas.Select(quota => (int)quota)];
            for (var side = 0; side < 3; side++)
                lacking[side] += quotas[side] - counts[side];
            foreach (var side in Enumerable.Range(0, 3).Where(side => quotas[side] > counts[side]).OrderByDescending(side => lacking[side]).Take(rows.Length - counts.Sum()))
            {
                counts[side]++;
                lacking[side]--;
            }

            for (var i = 0; i < rows.Length; i++)
                sides[rows[i]] = i < counts[0] ? Side.Train : i < counts[0] + counts[1] ? Side.Validation : Side.Test;
        }
    }

    private static Result<SplitIndices> Indices(Side[] sides, SplitDefinition definition)
    {
        var rows = Enumerable.Range(0, sides.Length).ToLookup(row => sides[row]);
        foreach (var side in Enum.GetValues<Side>())
        {
            if (!rows.Contains(side))
            {
                return Error.Invalid(
                    $"The {side.ToString().ToLowerInvariant()} side of the split is empty: {sides.Length} rows with {definition.Validation} for validation{(definition.Kind == SplitKind.Column ? "" : $" and {definition.Test} for test")} are too few.",
                    "Use more rows or other fractions.",
                    "split");
            }
        }

        return new SplitIndices([.. rows[Side.Train]], [.. rows[Side.Validation]], [.. rows[Side.Test]]);
    }

    private enum Side
    {
        Train,
        Validation,
        Test,
    }
}
