using Mtl.Core;
using Mtl.Core.Random;

namespace Mtl.Learning.Unsupervised;

/// <summary>
/// k-means: min over centres c and labels a of Σ_n ‖x_n − c_{a_n}‖², by alternating assignment and means. It ends in a local minimum, hence the restarts.
/// A cluster that loses all its rows takes the row that lies farthest from its own centre.
/// Sources: Lloyd, "Least squares quantization in PCM", 1982; Arthur and Vassilvitskii, "k-means++: The Advantages of Careful Seeding", 2007.
/// </summary>
public static class KMeans
{
    /// <summary>Fits from k-means++ starts. Points that are no finite numbers, and fewer rows than clusters, are refused.</summary>
    public static Result<KMeansFit> Fit(Points points, KMeansOptions options) => Fit(points, options, new CounterRandom(options.Seed, "k-means start"));

    /// <summary>Fits from given centres, [clusters, columns]; restarts and seed are not used.</summary>
    public static Result<KMeansFit> FitFrom(Points points, Points centres, KMeansOptions options)
    {
        if (points.Unfit(centres.Rows, "clusters") is { } error)
            return error;
        return centres.Columns == points.Columns
            ? Lloyd(PointBlocks.Of(points, ThreadsOf(options)), centres, options)
            : Error.Invalid($"The centres have {centres.Columns} columns, the points {points.Columns}.", "Give centres with the points' columns.");
    }

    internal static Result<KMeansFit> Fit(Points points, KMeansOptions options, CounterRandom random)
    {
        if (points.Unfit(options.Clusters, "clusters") is { } error)
            return error;
        var blocks = PointBlocks.Of(points, ThreadsOf(options));
        return Enumerable.Range(0, options.Restarts)
            .Select(start => Lloyd(blocks, PlusPlusStart.Choose(blocks, options.Clusters, random.Fork((ulong)start)), options))
            .MinBy(fit => fit.Inertia)!;
    }

    private static KMeansFit Lloyd(PointBlocks blocks, Points start, KMeansOptions options)
    {
        var threads = ThreadsOf(options);
        var tolerance = options.Tolerance == 0 ? 0 : options.Tolerance * MeanVariance(blocks, threads);
        var labels = new int[blocks.Points.Rows];
        Array.Fill(labels, -1);
        var centres = Minus(start.Values, blocks.Centre);
        var converged = false;
        var iteration = 0;
        while (!converged && iteration < options.Iterations)
        {
            iteration++;
            var sums = Assign(blocks, centres, labels, threads);
            if (sums.Counts.Contains(0))
                FillEmpty(blocks, centres, labels, sums);
            var shift = Move(centres, sums, blocks.Centre);
            converged = sums.Changed == 0 || shift <= tolerance;
        }

        Assign(blocks, centres, labels, threads);
        return new KMeansFit(new Points(Minus(centres, [.. blocks.Centre.Select(value => -value)]), blocks.Columns), labels, Inertia(blocks, centres, labels, threads), iteration, converged);
    }

    private static ClusterSums Assign(PointBlocks blocks, double[] centres, int[] labels, int threads)
    {
        var partial = new ClusterSums[blocks.ChunkCount];
        blocks.ForEachChunk(threads, (chunk, range) => partial[chunk] = NearestCentre.Assign(blocks, range, centres, labels));
        var total = new ClusterSums(centres.Length / blocks.Columns, blocks.Columns);
        foreach (var sums in partial)
            total.Add(sums);
        return total;
    }

    /// <summary>Sets the centres to the means of their rows; gives the squared length of all moves.</summary>
    private static double Move(double[] centres, ClusterSums sums, double[] origin)
    {
        var shift = 0.0;
        for (var cluster = 0; cluster < sums.Counts.Length; cluster++)
        {
            if (sums.Counts[cluster] == 0)
                continue;
            for (var column = 0; column < origin.Length; column++)
            {
                ref var centre = ref centres[(cluster * origin.Length) + column];
                var mean = (sums.Sums[(cluster * origin.Length) + column] / sums.Counts[cluster]) - origin[column];
                shift += (mean - centre) * (mean - centre);
                centre = mean;
            }
        }

        return shift;
    }

    /// <summary>Gives each empty cluster the row that is farthest from its centre, as long as there is one that is not in its centre itself.</summary>
    private static void FillEmpty(PointBlocks blocks, double[] centres, int[] labels, ClusterSums sums)
    {
        var distances = Enumerable.Range(0, labels.Length).Select(row => SquaredDistance(blocks, centres, row, labels[row])).ToArray();
        for (var cluster = 0; cluster < sums.Counts.Length; cluster++)
        {
            if (sums.Counts[cluster] > 0)
                continue;
            var farthest = Array.IndexOf(distances, distances.Max());
            if (distances[farthest] == 0)
                return;
            distances[farthest] = 0;
            sums.MoveRow(blocks.Points[farthest], labels[farthest], cluster);
            labels[farthest] = cluster;
        }
    }

    private static double Inertia(PointBlocks blocks, double[] centres, int[] labels, int threads) =>
        blocks.Sum(threads, row => SquaredDistance(blocks, centres, row, labels[row]));

    private static double SquaredDistance(PointBlocks blocks, double[] centres, int row, int cluster)
    {
        var sum = 0.0;
        var point = blocks.Points[row];
        for (var column = 0; column < point.Length; column++)
        {
            var difference = point[column] - blocks.Centre[column] - centres[(cluster * point.Length) + column];
            sum += difference * difference;
        }

        return sum;
    }

    private static double MeanVariance(PointBlocks blocks, int threads)
    {
        var zero = new double[blocks.Columns];
        return blocks.Sum(threads, row => SquaredDistance(blocks, zero, row, 0)) / blocks.Points.Rows / blocks.Columns;
    }

    private static int ThreadsOf(KMeansOptions options) => options.Threads == 0 ? Environment.ProcessorCount : options.Threads;

    private static double[] Minus(ReadOnlySpan<double> rows, double[] origin)
    {
        var result = new double[rows.Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = rows[i] - origin[i % origin.Length];
        return result;
    }
}
