namespace Mtl.Learning.Unsupervised;

/// <summary>What the means of clusters are made from.</summary>
internal sealed class ClusterSums(int clusters, int columns)
{
    /// <summary>Σ of each cluster's rows, [clusters, columns], in the points' own coordinates.</summary>
    public double[] Sums { get; } = new double[clusters * columns];

    /// <summary>Rows of each cluster.</summary>
    public long[] Counts { get; } = new long[clusters];

    /// <summary>Rows whose cluster is another than before.</summary>
    public long Changed { get; set; }

    public void Add(ClusterSums other)
    {
        for (var i = 0; i < Sums.Length; i++)
            Sums[i] += other.Sums[i];
        for (var i = 0; i < Counts.Length; i++)
            Counts[i] += other.Counts[i];
        Changed += other.Changed;
    }

    public void MoveRow(ReadOnlySpan<double> row, int from, int to)
    {
        for (var column = 0; column < row.Length; column++)
        {
            Sums[(from * columns) + column] -= row[column];
            Sums[(to * columns) + column] += row[column];
        }

        Counts[from]--;
        Counts[to]++;
        Changed++;
    }
}
