using Mtl.Core.Random;

namespace Mtl.Learning.Training;

/// <summary>Which training rows each step takes: a permutation of them for each epoch, cut into batches; the last batch of an epoch may be smaller. A function of seed and epoch.</summary>
internal sealed class BatchOrder(int[] rows, int batchSize, ulong seed)
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
            rows.CopyTo(order, 0);
            new CounterRandom(seed, "batch order").Fork((ulong)epoch).Shuffle(order.AsSpan());
            orderedFor = epoch;
        }

        var from = (int)((step - 1) % StepsPerEpoch) * batchSize;
        return order.AsSpan(from, Math.Min(batchSize, order.Length - from));
    }

    public int EpochOf(long step) => (int)((step - 1) / StepsPerEpoch) + 1;
}
