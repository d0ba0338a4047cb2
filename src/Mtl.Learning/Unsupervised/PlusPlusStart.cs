using Mtl.Core.Random;

namespace Mtl.Learning.Unsupervised;

/// <summary>
/// Greedy k-means++: the first centre is a uniformly drawn row; each further one the best of 2 + ⌊ln k⌋ rows drawn with probability in proportion to their squared distance to the nearest centre so far,
/// best being what leaves the least sum of such distances. Source: Arthur and Vassilvitskii, "k-means++: The Advantages of Careful Seeding", 2007.
/// </summary>
internal static class PlusPlusStart
{
    /// <summary>Rows as centres, [clusters, columns], in the points' own coordinates.</summary>
    public static Points Choose(PointBlocks blocks, int clusters, CounterRandom random)
    {
        var points = blocks.Points;
        var trials = 2 + (int)Math.Log(clusters);
        var centres = new double[clusters * points.Columns];
        var first = random.Below(points.Rows, 0);
        points[first].CopyTo(centres);
        var nearest = Distances(points, first);
        for (var cluster = 1; cluster < clusters; cluster++)
        {
            var (row, distances) = Best(points, nearest, trials, random.Fork((ulong)cluster));
            points[row].CopyTo(centres.AsSpan(cluster * points.Columns));
            nearest = distances;
        }

        return new Points(centres, points.Columns);
    }

    private static (int Row, double[] Distances) Best(Points points, double[] nearest, int trials, CounterRandom random)
    {
        var cumulative = new double[nearest.Length];
        var sum = 0.0;
        for (var row = 0; row < nearest.Length; row++)
            cumulative[row] = sum += nearest[row];
        return Enumerable.Range(0, trials)
            .Select(trial => sum > 0 ? Drawn(cumulative, random.Double((ulong)trial) * sum) : random.Below(points.Rows, (ulong)trial))
            .Select(row => (Row: row, Distances: Least(nearest, Distances(points, row))))
            .MinBy(candidate => candidate.Distances.Sum());
    }

    /// <summary>The first row whose cumulative weight is above the target: one with weight 0 is never drawn.</summary>
    private static int Drawn(double[] cumulative, double target)
    {
        var (low, high) = (0, cumulative.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (cumulative[middle] > target)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private static double[] Distances(Points points, int centre)
    {
        var result = new double[points.Rows];
        var origin = points[centre];
        for (var row = 0; row < result.Length; row++)
        {
            var point = points[row];
            for (var column = 0; column < point.Length; column++)
                result[row] += (point[column] - origin[column]) * (point[column] - origin[column]);
        }

        return result;
    }

    private static double[] Least(double[] a, double[] b)
    {
        for (var i = 0; i < b.Length; i++)
            b[i] = Math.Min(a[i], b[i]);
        return b;
    }
}
