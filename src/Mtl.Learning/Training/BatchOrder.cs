using Mtl.Core.Random;

namespace Mtl.Learning.Training;

/// <summary>
/// Which training rows each step takes: an epoch's rows (<see cref="EpochRows"/>) in random order, cut into batches; the last batch of an epoch may be smaller. Where tasks have rows of their own,
/// each batch is ordered by group. A function of seed and epoch.
/// </summary>
internal sealed class BatchOrder(int[] rows, int batchSize, ulong seed, RowGroups? groups = null, EpochRows? drawing = null)
{
    private readonly int[] order = new int[rows.Length];
    private int orderedFor;

    public int StepsPerEpoch { get; } = (rows.Length + batchSize - 1) / batchSize;

    /// <summary>The rows of a step, counted from 1.</summary>
    public ReadOnlySpan<int> Rows(long step)
    {
        var epoch = EpochOf(step);
        if (epoch != orderedFor)
        {
            Order(epoch);
            orderedFor = epoch;
        }

        return Batch((int)((step - 1) % StepsPerEpoch));
    }

    public int EpochOf(long step) => (int)((step - 1) / StepsPerEpoch) + 1;

    private void Order(int epoch)
    {
        var random = new CounterRandom(seed, "batch order").Fork((ulong)epoch);
        if (drawing is null)
            rows.CopyTo(order, 0);
        else
            drawing.Draw(order, random);
        random.Shuffle(order.AsSpan());
        for (var batch = 0; groups is not null && batch < StepsPerEpoch; batch++)
            groups.Order(Batch(batch));
    }

    private Span<int> Batch(int index) => order.AsSpan(index * batchSize, Math.Min(batchSize, order.Length - index * batchSize));
}
