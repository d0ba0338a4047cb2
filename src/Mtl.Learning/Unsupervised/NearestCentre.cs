using Mtl.Learning.Vectors;

namespace Mtl.Learning.Unsupervised;

/// <summary>Assigns rows to their nearest centres: the least of ½‖c‖² − c·x, which is ½‖x − c‖² less what all centres share.</summary>
internal static class NearestCentre
{
    private const int CentresAtOnce = 4;

    /// <summary>Labels the rows of some blocks, and adds them up. Of equally near centres the first counts.</summary>
    /// <param name="blocks">The points.</param>
    /// <param name="range">Which blocks.</param>
    /// <param name="centres">[clusters, columns], about the blocks' centre.</param>
    /// <param name="labels">Each row's cluster, overwritten for the rows of these blocks.</param>
    public static unsafe ClusterSums Assign(PointBlocks blocks, Range range, double[] centres, int[] labels)
    {
        var columns = blocks.Columns;
        var clusters = centres.Length / columns;
        var padded = (clusters + CentresAtOnce - 1) / CentresAtOnce * CentresAtOnce;
        var interleaved = Interleave(centres, columns, padded);
        var sums = new ClusterSums(clusters, columns);
        var nearest = stackalloc double[PointBlocks.Rows];
        fixed (double* table = interleaved)
        {
            for (var block = range.Start.Value; block < range.End.Value; block++)
            {
                DoubleLanes.Run(new Kernel(blocks.Block(block), table, columns, padded, nearest));
                var first = block * PointBlocks.Rows;
                for (var row = 0; row < blocks.RowsOf(block); row++)
                {
                    var label = (int)nearest[row];
                    if (labels[first + row] != label)
                    {
                        labels[first + row] = label;
                        sums.Changed++;
                    }

                    sums.Counts[label]++;
                }

                DoubleLanes.Run(new SumKernel(blocks, block, nearest, sums));
            }
        }

        return sums;
    }

    /// <summary>For each four centres: their ½‖c‖², then per column their four values. Centres that fill up the last four are infinitely far.</summary>
    private static double[] Interleave(double[] centres, int columns, int padded)
    {
        var table = new double[padded * (columns + 1)];
        for (var cluster = 0; cluster < padded; cluster++)
        {
            var start = (cluster / CentresAtOnce * CentresAtOnce * (columns + 1)) + (cluster % CentresAtOnce);
            if (cluster * columns >= centres.Length)
            {
                table[start] = double.PositiveInfinity;
                continue;
            }

            for (var column = 0; column < columns; column++)
            {
                var value = centres[(cluster * columns) + column];
                table[start] += 0.5 * value * value;
                table[start + (CentresAtOnce * (column + 1))] = -value;
            }
        }

        return table;
    }

    private readonly unsafe struct Kernel(double* block, double* table, int columns, int padded, double* nearest) : IDoubleKernel
    {
        public void Run<TLanes>()
            where TLanes : struct, IDoubleLanes<TLanes>
        {
            for (var row = 0; row < PointBlocks.Rows; row += 2 * TLanes.Count)
            {
                var (best, otherBest) = (TLanes.All(double.PositiveInfinity), TLanes.All(double.PositiveInfinity));
                var (label, otherLabel) = (TLanes.All(0), TLanes.All(0));
                var entry = table;
                for (var cluster = 0; cluster < padded; cluster += CentresAtOnce)
                {
                    var (a0, b0) = (TLanes.All(entry[0]), TLanes.All(entry[0]));
                    var (a1, b1) = (TLanes.All(entry[1]), TLanes.All(entry[1]));
                    var (a2, b2) = (TLanes.All(entry[2]), TLanes.All(entry[2]));
                    var (a3, b3) = (TLanes.All(entry[3]), TLanes.All(entry[3]));
                    entry += CentresAtOnce;
                    var x = block + row;
                    for (var column = 0; column < columns; column++)
                    {
                        var (a, b) = (TLanes.Load(x), TLanes.Load(x + TLanes.Count));
                        var c = TLanes.All(entry[0]);
                        a0 = TLanes.MultiplyAdd(a, c, a0);
                        b0 = TLanes.MultiplyAdd(b, c, b0);
                        c = TLanes.All(entry[1]);
                        a1 = TLanes.MultiplyAdd(a, c, a1);
                        b1 = TLanes.MultiplyAdd(b, c, b1);
                        c = TLanes.All(entry[2]);
                        a2 = TLanes.MultiplyAdd(a, c, a2);
                        b2 = TLanes.MultiplyAdd(b, c, b2);
                        c = TLanes.All(entry[3]);
                        a3 = TLanes.MultiplyAdd(a, c, a3);
                        b3 = TLanes.MultiplyAdd(b, c, b3);
                        entry += CentresAtOnce;
                        x += PointBlocks.Rows;
                    }

                    Take(a0, cluster, ref best, ref label);
                    Take(a1, cluster + 1, ref best, ref label);
                    Take(a2, cluster + 2, ref best, ref label);
                    Take(a3, cluster + 3, ref best, ref label);
                    Take(b0, cluster, ref otherBest, ref otherLabel);
                    Take(b1, cluster + 1, ref otherBest, ref otherLabel);
                    Take(b2, cluster + 2, ref otherBest, ref otherLabel);
                    Take(b3, cluster + 3, ref otherBest, ref otherLabel);
                }

                label.Store(nearest + row);
                otherLabel.Store(nearest + row + TLanes.Count);
            }
        }

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        private static void Take<TLanes>(TLanes score, int cluster, ref TLanes best, ref TLanes label)
            where TLanes : struct, IDoubleLanes<TLanes>
        {
            label = TLanes.WhereLess(score, best, TLanes.All(cluster), label);
            best = TLanes.WhereLess(score, best, score, best);
        }
    }

    /// <summary>Adds each row, as it lies in the points, to its cluster's sum.</summary>
    private readonly unsafe struct SumKernel(PointBlocks blocks, int block, double* nearest, ClusterSums sums) : IDoubleKernel
    {
        public void Run<TLanes>()
            where TLanes : struct, IDoubleLanes<TLanes>
        {
            var columns = blocks.Columns;
            var wide = columns - (columns % TLanes.Count);
            fixed (double* values = blocks.Points.Values)
            fixed (double* totals = sums.Sums)
            {
                var x = values + ((long)block * PointBlocks.Rows * columns);
                for (var row = 0; row < blocks.RowsOf(block); row++, x += columns)
                {
                    var total = totals + ((long)nearest[row] * columns);
                    for (var column = 0; column < wide; column += TLanes.Count)
                        (TLanes.Load(total + column) + TLanes.Load(x + column)).Store(total + column);
                    for (var column = wide; column < columns; column++)
                        total[column] += x[column];
                }
            }
        }
    }
}
