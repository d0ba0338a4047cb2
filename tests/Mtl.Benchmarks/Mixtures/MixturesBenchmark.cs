using System.Diagnostics;
using System.Globalization;
using Mtl.Benchmarks.Train;
using Mtl.Core.Random;
using Mtl.Learning.Probabilistic;
using Mtl.Learning.Unsupervised;

namespace Mtl.Benchmarks.Mixtures;

/// <summary>
/// <c>mtl bench mixtures</c>: Gaussian mixtures and k-means of the platform and of scikit-learn on the same points, from the same start, with as many iterations and threads, in turns; of each side's rounds the best counts.
/// </summary>
internal static class MixturesBenchmark
{
    private const int Rows = 100_000;
    private const int Columns = 16;
    private const int Components = 16;
    private const int Rounds = 3;

    private static readonly int[] Widths = [-20, 8, 14, 15, 8, 8, 12];

    public static int Run()
    {
        var points = Overlapping();
        var centres = new Points(points.Values[..(Components * Columns)].ToArray(), Columns);
        using var scikit = ScikitPeer.TryStart(points, centres, out var problem);
        if (scikit is null)
        {
            Console.Error.WriteLine($"scikit-learn is not there ({problem}). Install Debian's python3-sklearn and libopenblas0-openmp.");
            return 1;
        }

        Console.WriteLine($"""
            {Rows:N0} rows × {Columns} columns, {Components} components, double precision; milliseconds per iteration of a whole fit on {Environment.ProcessorCount} cores, beside {scikit.Facts}.
            Same start, same iterations, same threads. Difference: of the mean log-likelihood (mixtures) or the inertia (k-means) at the end, relative.

            """);
        if (MachineLoad.Warning() is { } warning)
            Console.WriteLine(warning);
        Write("method", "threads", "platform, ms", "scikit-learn", "ratio", "wanted", "difference");
        foreach (var @case in MixtureCase.All)
            Report(@case, points, centres, scikit);
        return 0;
    }

    private static void Report(MixtureCase @case, Points points, Points centres, ScikitPeer scikit)
    {
        var (best, peer) = (double.MaxValue, double.MaxValue);
        var difference = 0.0;
        for (var round = 0; round <= Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            var (value, iterations) = Fit(@case, points, centres);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds / iterations;
            var theirs = scikit.Fit(@case);
            difference = Math.Abs(value - theirs.Value) / Math.Abs(theirs.Value);

            // The first round warms both sides up.
            if (round > 0)
                (best, peer) = (Math.Min(best, seconds), Math.Min(peer, theirs.Seconds / theirs.Iterations));
        }

        Write(
            @case.Name,
            @case.Threads.ToString(CultureInfo.InvariantCulture),
            (best * 1000).ToString("0.0", CultureInfo.InvariantCulture),
            (peer * 1000).ToString("0.0", CultureInfo.InvariantCulture),
            (peer / best).ToString("0.0×", CultureInfo.InvariantCulture),
            @case.Wanted.ToString("0.0×", CultureInfo.InvariantCulture),
            difference.ToString("0.0e+0", CultureInfo.InvariantCulture));
    }

    private static (double Value, int Iterations) Fit(MixtureCase @case, Points points, Points centres)
    {
        if (@case.Form is not { } form)
        {
            var clusters = KMeans.FitFrom(points, centres, new KMeansOptions { Iterations = @case.Iterations, Tolerance = 0, Threads = @case.Threads }).Value;
            return (clusters.Inertia, clusters.Iterations);
        }

        var options = new GaussianMixtureOptions { Iterations = @case.Iterations, Tolerance = 0, Threads = @case.Threads };
        var fit = ExpectationMaximization.FitFrom(points, GaussianMixture.Around(form, centres), options).Value;
        return (fit.LogLikelihood, fit.Iterations);
    }

    /// <summary>Clouds that overlap, so that neither method converges within the iterations.</summary>
    private static Points Overlapping()
    {
        var random = new CounterRandom(1, "mixtures benchmark");
        double[] centres = [.. Enumerable.Range(0, Components * Columns).Select(i => random.Normal((ulong)i))];
        return GaussianMixture.Around(CovarianceForm.Spherical, new Points(centres, Columns)).Sample(Rows, seed: 1).Points;
    }

    private static void Write(params string[] cells) =>
        Console.WriteLine(string.Concat(cells.Zip(Widths, (cell, width) => width < 0 ? cell.PadRight(-width) : cell.PadLeft(width))).TrimEnd());
}
