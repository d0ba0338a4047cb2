using Mtl.Core.Definitions;
using Mtl.Core.Random;

namespace Mtl.Learning.Training;

/// <summary>
/// Draws an epoch's rows so that each group t of nₜ rows has its share pₜ of them: pₜ ∝ nₜ^(1/τ) (temperature), pₜ = 1/groups (uniform, τ → ∞). A group's rows come in random order, each once before
/// any comes again. Shares are met up to rounding; every group has at least one row.
/// Source of the temperature: Raffel et al., "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer", 2020, section 3.5.2.
/// </summary>
internal sealed class EpochRows
{
    private readonly int[][] members;
    private readonly int[] quotas;

    private EpochRows(int[][] members, int[] quotas) => (this.members, this.quotas) = (members, quotas);

    /// <param name="rows">The training rows.</param>
    /// <param name="groups">Their groups.</param>
    /// <param name="training">How to draw.</param>
    /// <returns>Null where every row comes once: in proportion.</returns>
    public static EpochRows? Of(int[] rows, RowGroups? groups, TrainingDefinition training)
    {
        if (groups is null || training.Drawing == TaskDrawing.Proportional)
            return null;
        int[][] members = [.. Enumerable.Range(0, groups.Count).Select(group => Array.FindAll(rows, row => groups.OfRow(row) == group)).Where(own => own.Length > 0)];
        double[] shares = Array.ConvertAll(members, own => training.Drawing == TaskDrawing.Uniform ? 1 : Math.Pow(own.Length, 1 / training.DrawingTemperature));
        return new EpochRows(members, Quotas(shares, rows.Length));
    }

    /// <summary>Fills <paramref name="target"/> with an epoch's rows, group after group.</summary>
    public void Draw(Span<int> target, CounterRandom random)
    {
        var at = 0;
        for (var group = 0; group < members.Length; group++)
        {
            var (left, round) = (quotas[group], 0UL);
            while (left > 0)
            {
                int[] order = [.. members[group]];
                random.Fork((ulong)group).Fork(round++).Shuffle(order.AsSpan());
                var taken = Math.Min(left, order.Length);
                order.AsSpan(0, taken).CopyTo(target[at..]);
                (at, left) = (at + taken, left - taken);
            }
        }
    }

    /// <summary>Whole numbers in proportion to shares that add up to a total: rounded down, the rest to the largest fractions, the earlier of equal ones.</summary>
    private static int[] Quotas(double[] shares, int total)
    {
        var sum = shares.Sum();
        double[] exact = Array.ConvertAll(shares, share => share / sum * total);
        int[] quotas = Array.ConvertAll(exact, value => Math.Max(1, (int)value));
        foreach (var group in Enumerable.Range(0, shares.Length).OrderByDescending(group => exact[group] - (int)exact[group]).Take(Math.Max(0, total - quotas.Sum())))
            quotas[group]++;
        while (quotas.Sum() > total)
            quotas[Array.IndexOf(quotas, quotas.Max())]--;
        return quotas;
    }
}
